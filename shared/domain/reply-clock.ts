/**
 * Who is told, and when, while an answer waits for somebody to acknowledge it (DESIGN §7). Minutes count only while
 * the sender, or whoever covers for them, is on duty: at night the next name on the list is asleep too. Pure, so that
 * the simulator rings by the same lines.
 */
import type { SenderId } from './ids.ts';
import { DAY, epochMs, type Instant, instant, MINUTE, plus } from './instant.ts';
import { type Duty, dutySpans } from './time/duty.ts';
import type { Span } from './time/wall.ts';

/** What a sender chose. Without one nothing rings twice; what waits is due within 24 hours all the same. */
export type ReplyClock = {
  /** On duty, from one ring to the next. */
  readonly minutes: number;
  /** Who hears of it next, in this order: a further channel of the sender's, or another person. */
  readonly escalation: readonly Escalation[];
  /** Who is asked while the sender is off duty and they are not. */
  readonly cover?: SenderId;
};
export type Escalation = { readonly channel: string } | { readonly sender: SenderId };

export type Ring = { readonly at: Instant; readonly whom: RingFor };
export type RingFor =
  /** The sender's own channels again: they have come on duty, and it is still waiting. */
  | { readonly kind: 'own' }
  | { readonly kind: 'channel'; readonly channelId: string }
  | { readonly kind: 'sender'; readonly senderId: SenderId };

/** A prospect who has waited a day for an answer buys elsewhere: from then on it is red. */
export const ANSWER_DUE_MS = DAY;
/** Lunar New Year closes a factory for three weeks. */
const HORIZON_MS = 28 * DAY;
/** After so many mornings it is not the ringing that is missing; the digest goes on naming it. */
const HANDOVERS_MAX = 4;

export const answerDueBy = (at: Instant): Instant => plus(at, ANSWER_DUE_MS);

/**
 * Every ring after the first (which goes to the sender's own channels as soon as the alert is raised), in order, as if
 * nobody ever acknowledged. Whoever comes on duty is told first and then has the clock's minutes before the next on
 * the list is. The same input is the same list, so the number of a ring names it.
 */
export function ringsAfter(
  at: Instant,
  clock: ReplyClock,
  duty: { readonly sender: Duty; readonly cover?: Duty },
): readonly Ring[] {
  const raised = epochMs(at);
  const rings: Ring[] = [];
  const add = (ms: number, whom: RingFor): void => void rings.push({ at: instant(ms), whom });
  let waited = 0;
  let step = 0;
  let handovers = 0;
  for (const { who, span } of watchesFrom(raised, duty)) {
    if (handovers >= HANDOVERS_MAX && step >= clock.escalation.length) break;
    let from = Math.max(span.from, raised);
    const isThereAlready = who === 'sender' && span.from <= raised;
    if (!isThereAlready) {
      waited = Math.min(waited, (clock.minutes * MINUTE) / 2);
      if (handovers < HANDOVERS_MAX) {
        handovers += 1;
        add(
          from,
          who === 'cover' && clock.cover ? { kind: 'sender', senderId: clock.cover } : { kind: 'own' },
        );
      }
    }
    for (let next = clock.escalation[step]; next !== undefined; next = clock.escalation[step]) {
      const rest = clock.minutes * MINUTE - waited;
      if (from + rest > span.to) break;
      from += rest;
      waited = 0;
      step += 1;
      add(
        from,
        'channel' in next
          ? { kind: 'channel', channelId: next.channel }
          : { kind: 'sender', senderId: next.sender },
      );
    }
    waited += Math.max(0, span.to - from);
  }
  return rings;
}

type Watch = { readonly who: 'sender' | 'cover'; readonly span: Span };

/** Who is on duty when, in order; the sender before their cover wherever both are. */
function watchesFrom(
  raised: number,
  duty: { readonly sender: Duty; readonly cover?: Duty },
): readonly Watch[] {
  const asked = { from: raised, to: raised + HORIZON_MS };
  const own = dutySpans(duty.sender, asked);
  const covered = duty.cover ? dutySpans(duty.cover, asked).flatMap((span) => without(span, own)) : [];
  return [
    ...own.map((span) => ({ who: 'sender', span }) as const),
    ...covered.filter(({ to }) => to > raised).map((span) => ({ who: 'cover', span }) as const),
  ].toSorted((a, b) => a.span.from - b.span.from);
}

/** What of a span the taken ones leave free. */
function without(span: Span, taken: readonly Span[]): readonly Span[] {
  const free: Span[] = [];
  let from = span.from;
  for (const one of taken) {
    if (one.to <= from || one.from >= span.to) continue;
    if (one.from > from) free.push({ from, to: one.from });
    from = Math.max(from, one.to);
  }
  if (from < span.to) free.push({ from, to: span.to });
  return free;
}
