/** Was the salesperson called for every human answer, at once, and for no machine's? */
import type { AnswerKind } from '../../fixtures/demo/scenario-file.ts';
import { alertsOf, type Conversation, type Heard, HUMAN, inProspect } from './conversation.ts';
import type { Run, Sent } from './input.ts';
import { addresses, header, messageIds } from './mime.ts';
import type { Violation } from './report.ts';

const ALERT_WITHIN_MS = 120_000;
/** The demo notes an answer when its SMTP session has ended; the product may have begun a moment before. */
const SESSION_MS = 5_000;
/** An alert that names no mail belongs to the prospect's latest one, but not to one of long ago. */
const RECENT_MS = 600_000;

const idOf = (heard: Heard): string => messageIds(header(heard.mail, 'message-id'))[0] ?? '';

const namedIds = (alert: Sent): string[] =>
  ['in-reply-to', 'references'].flatMap((name) => messageIds(header(alert.mail, name)));

/** An alert is about a prospect whom its Reply-To, its From name or its words name. */
const isAbout = (alert: Sent, { prospect, heard }: Conversation): boolean => {
  const ids = namedIds(alert);
  if (heard.some((mail) => ids.includes(idOf(mail)))) return true;
  if (addresses(header(alert.mail, 'reply-to')).includes(prospect.address.toLowerCase())) return true;
  const words = `${header(alert.mail, 'subject')}\n${header(alert.mail, 'from')}\n${alert.mail.everything}`;
  return words.toLowerCase().includes(prospect.address.toLowerCase());
};

/** The inbound mail that an alert calls for: the one it names, else the prospect's latest before it. */
const calledFor = (alert: Sent, conversation: Conversation): Heard | undefined => {
  const ids = namedIds(alert);
  const named = conversation.heard.find((mail) => ids.includes(idOf(mail)));
  if (named || !isAbout(alert, conversation)) return named;
  return conversation.heard.findLast(
    (mail) => mail.time - SESSION_MS <= alert.time && alert.time - mail.time <= RECENT_MS,
  );
};

const missingAlerts = (conversation: Conversation, alerts: readonly Sent[]): Violation[] =>
  conversation.heard
    .filter((mail) => mail.answer.kind === ('reply' satisfies AnswerKind))
    .filter(
      (mail) =>
        !alerts.some(
          (alert) =>
            alert.time >= mail.time - SESSION_MS &&
            alert.time - mail.time <= ALERT_WITHIN_MS &&
            calledFor(alert, conversation) === mail,
        ),
    )
    .map((mail) => ({
      rule: 'missing-alert',
      prospect: conversation.prospect.key,
      at: mail.at,
      file: `inbound/${mail.file}`,
      detail: `no alert to the salesperson within ${ALERT_WITHIN_MS / 1000} seconds of this reply`,
    }));

const machineAlerts = (conversation: Conversation, alerts: readonly Sent[]): Violation[] =>
  alerts.flatMap((alert) => {
    const mail = calledFor(alert, conversation);
    return mail && !HUMAN.has(mail.answer.kind)
      ? [
          {
            ...inProspect(
              conversation,
              'alert-for-machine-mail',
              `an alert for a mail of kind ${mail.answer.kind}`,
              alert.at,
            ),
            file: `outbox/${alert.file}`,
          },
        ]
      : [];
  });

export const checkAlerts = (run: Run, conversations: readonly Conversation[]): Violation[] => {
  const alerts = alertsOf(run);
  const unmarked = alerts
    .filter((alert) => header(alert.mail, 'auto-submitted').toLowerCase() !== 'auto-generated')
    .map(
      (alert): Violation => ({
        rule: 'alert-not-marked-automatic',
        prospect: '',
        at: alert.at,
        file: `outbox/${alert.file}`,
        detail: 'alerts carry Auto-Submitted: auto-generated, so that no responder answers them',
      }),
    );
  return [
    ...conversations.flatMap((conversation) => missingAlerts(conversation, alerts)),
    ...conversations.flatMap((conversation) => machineAlerts(conversation, alerts)),
    ...unmarked,
  ];
};
