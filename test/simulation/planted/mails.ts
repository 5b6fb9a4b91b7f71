/** Mistakes about what comes back: holds, stops, suppressions, absences, records. */
import type { PlantedBug } from './bug.ts';

const MAILS = 'shared/domain/enrollment/mails.ts';
const RECEIVE = 'shared/receive-mail.ts';

export const MAIL_BUGS: readonly PlantedBug[] = [
  {
    name: 'flag-instead-of-set',
    mistake: 'one flag for all holds of mails: reading the first lets go what the second still holds',
    workloads: ['mail-pairs'],
    patches: [
      {
        file: MAILS,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the product's own words.
        find: 'export const mailHold = (mail: string): string => `mail:${mail}`;',
        put: "export const mailHold = (mail: string): string => (mail === '' ? mail : 'mail:one');",
      },
    ],
  },
  {
    name: 'given-up-means-dropped',
    mistake: 'a mail that its reader died on twice is dropped',
    workloads: ['two-letters'],
    patches: [
      {
        file: RECEIVE,
        find: 'if (isGivenUp) return giveUp(ports, arrival, byToken);',
        put: 'if (isGivenUp) return;',
      },
    ],
  },
  {
    name: 'unread-holds-nobody',
    mistake: 'a mail by the own mailbox that nobody could read holds nobody, because it carries no token',
    workloads: ['own-mailbox'],
    patches: [
      {
        file: RECEIVE,
        find: 'const named = head && (await matchUnread(ports, head));',
        put: 'const named = head && byToken;',
      },
    ],
  },
  {
    name: 'soft-bounce-by-person',
    mistake: 'what a person calls a bounce is taken for a full mailbox, and the letters go on',
    workloads: ['bounce-storm'],
    patches: [
      {
        file: 'shared/correct-reading.ts',
        find: "if (correction.kind === 'bounce' && !reading.bounce)",
        put: 'if (reading.bounce === null)',
      },
    ],
  },
  {
    name: 'machine-overrules-person',
    mistake: 'a mail that is brought again is read again, whatever a person has said of it',
    workloads: ['corrected-reading'],
    patches: [
      {
        file: RECEIVE,
        find: "if (known?.kind === 'in' && known.correctedAt) return",
        put: "if (known?.kind === 'in' && known.correctedAt === null) return",
      },
      // The state knows it too: either of the two is enough.
      {
        file: 'shared/engine.ts',
        find: 'const event = unlessReadByPerson(loaded.state, told);',
        put: 'const event = told;',
      },
    ],
  },
  {
    name: 'sleeper-overrules-person',
    mistake:
      'a run that read a mail, stood still, and wakes up after a person has corrected it, does its reading again',
    workloads: ['company-gate', 'corrected-reading'],
    patches: [
      {
        file: 'shared/engine.ts',
        find: 'const event = unlessReadByPerson(loaded.state, told);',
        put: 'const event = told;',
      },
    ],
  },
  {
    name: 'answer-leaves-twice',
    mistake: 'an answer from the console is sent by every attempt, because none looks for an earlier one',
    workloads: ['console-answers'],
    patches: [
      {
        file: 'shared/answer-mail.ts',
        find: "if ((await ports.store.putNew('message', answer)) === 'exists') {",
        put: "if ((await ports.store.putNew('message', answer)) === 'exists' && text === '') {",
      },
    ],
  },
  {
    name: 'answer-unheard',
    mistake:
      'the run that sent an answer died before the walk heard of it, and asking again finds only that it has left',
    workloads: ['console-answers'],
    patches: [
      {
        file: 'shared/answer-mail.ts',
        find: 'if (known.sentAt) await heard(ports, message, known);',
        put: '',
      },
    ],
  },
  {
    name: 'copies-speak-twice',
    mistake: 'each way in makes a record and an alert of its own',
    workloads: ['two-ways'],
    patches: [
      {
        file: 'shared/inbound-record.ts',
        find: "const named = [mail.messageId ?? arrival.id, from ?? '', headerOf(mail, 'date') ?? ''];",
        put: "const named = [arrival.id, from ?? '', headerOf(mail, 'date') ?? ''];",
      },
    ],
  },
  {
    name: 'two-records',
    mistake: 'given up by one run and read by another: one mail, two records',
    workloads: ['two-letters', 'stop-races'],
    patches: [
      {
        file: RECEIVE,
        find: "if (saved === 'saved') return fate;",
        put: 'if (saved !== undefined) return fate;',
      },
    ],
  },
  {
    name: 'late-reply-is-silent',
    mistake: 'an answer after the end of the walk rings nobody',
    workloads: ['two-letters', 'stop-races'],
    patches: [
      {
        file: MAILS,
        find: "  return ignored(state, { rule: 'meanwhile-ended' }, effects);\n}",
        put: "  return ignored(state, { rule: 'meanwhile-ended' }, effects.length > 9 ? effects : []);\n}",
      },
    ],
  },
  {
    name: 'opt-out-of-one-walk',
    mistake: 'an opt-out ends this walk and is forgotten by the next campaign',
    workloads: ['two-campaigns', 'bounce-storm'],
    patches: [
      {
        file: MAILS,
        find: "const standing = isKnown ? state.standing : ({ kind: 'suppressed', why, since: now } as const);",
        put: 'const standing = state.standing;',
      },
    ],
  },
  {
    name: 'suppressed-at-launch-only',
    mistake: 'who is suppressed between the launch and the enrollment is enrolled all the same',
    workloads: ['two-campaigns', 'bounce-storm', 'stop-races'],
    patches: [
      {
        file: 'shared/domain/enrollment/decide.ts',
        find: "if (state.standing.kind === 'suppressed') {",
        put: 'if (state.standing === undefined) {',
      },
      {
        file: 'shared/admit-contacts.ts',
        find: "if (standing?.kind === 'suppressed') {",
        put: 'if (standing === null) {',
      },
    ],
  },
  {
    name: 'absence-not-held',
    mistake: 'an out-of-office note is noted and nothing waits for the return',
    workloads: ['absence-twice'],
    patches: [
      {
        file: MAILS,
        find: 'holds: [...others, hold], wasAbsent: true',
        put: 'holds: [...others], wasAbsent: true',
      },
    ],
  },
  {
    name: 'reply-does-not-stop',
    mistake: 'an answer rings, and the follow-up goes all the same',
    workloads: ['two-letters', 'stop-races'],
    patches: [
      {
        file: MAILS,
        find: "if (walk?.kind === 'open') return applied(state, ended(walk, why, now), [reason], effects);",
        put: "if (walk?.kind === 'open') return applied(state, { ...walk, holds: [] }, [reason], effects);",
      },
    ],
  },
];
