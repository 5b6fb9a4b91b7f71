/** `relance reply`: without arguments the replies that wait for an answer; with a contact and a mail, the answer itself. */
import { randomUUID } from 'node:crypto';
import { text as readAll } from 'node:stream/consumers';
import { UsageError } from './arguments.ts';
import { print, remotely } from './remote.ts';

const SHOWN = 200;

export const reply = (args: readonly string[]): Promise<number> =>
  remotely(args, { text: { type: 'string' } }, async (asked) => {
    const { client, positionals, values } = asked;
    const [contactId, messageId] = positionals;
    if (contactId === undefined) {
      const { items } = await client.tasks.list({ limit: SHOWN });
      const waiting = items.filter((task) => task.kind === 'answer');
      const words = waiting.map((task) => `${task.dueAt}  ${task.contactId} ${task.messageId ?? ''}`);
      return print(asked, waiting, () =>
        words.length === 0 ? 'Nobody waits for an answer.' : words.join('\n'),
      );
    }
    if (messageId === undefined)
      throw new UsageError('relance reply CONTACT MAIL --text "…" (or the text by standard input)');
    const text = typeof values.text === 'string' ? values.text : await readAll(process.stdin);
    if (text.trim() === '') throw new UsageError('An answer needs a text: --text "…", or by standard input.');
    const sent = await client
      .with({ idempotencyKey: randomUUID() })
      .messages.answer(contactId, messageId, { text });
    print(
      asked,
      sent,
      ({ subject, sentAt }) => `${sentAt ? 'sent' : 'SES said neither yes nor no'}: ${subject}`,
    );
  });
