/** axe-core looks at a page as it stands. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe calls serious or critical; `options` as in the source text of axe's own. */
export async function judged(page: Page, options = ''): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const result = (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations']${options} }).then(({ violations }) => violations)`,
  )) as readonly { id: string; impact: string; nodes: readonly { html: string }[] }[];
  return result
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
