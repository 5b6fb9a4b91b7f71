/** What the doctor found: one line each, and what to do where it is not as it should be. */

export type Finding = {
  readonly what: string;
  /** `warning`: it works, but not as well as it should; `skipped`: could not be looked at. */
  readonly state: 'right' | 'wrong' | 'warning' | 'skipped';
  readonly detail: string;
  readonly todo?: string;
};

const SIGNS = { right: '✓', wrong: '✗', warning: '!', skipped: '–' } as const;

export const right = (what: string, detail: string): Finding => ({ what, state: 'right', detail });
export const wrong = (what: string, detail: string, todo: string): Finding => ({
  what,
  state: 'wrong',
  detail,
  todo,
});
export const warning = (what: string, detail: string, todo: string): Finding => ({
  what,
  state: 'warning',
  detail,
  todo,
});
export const skipped = (what: string, detail: string): Finding => ({ what, state: 'skipped', detail });

export function tableOf(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  return findings
    .flatMap(({ what, state, detail, todo }) => [
      `${SIGNS[state]} ${what.padEnd(width)}  ${detail}`,
      ...(todo ? [`  ${' '.repeat(width)}  → ${todo}`] : []),
    ])
    .join('\n');
}

export const isHealthy = (findings: readonly Finding[]): boolean =>
  findings.every(({ state }) => state !== 'wrong');
