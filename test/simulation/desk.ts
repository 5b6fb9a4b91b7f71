/** What people at the console say about mails: what one is, whose it is, and answers to it. */
import { MINUTE } from '../../shared/domain/instant.ts';
import type { IncomingMessage } from '../../shared/domain/message.ts';
import { type InboundMail, unread } from './ledger.ts';
import type { ApiAnswer } from './platform.ts';
import { type Prospect, SUPPRESSING } from './prospects.ts';
import type { Letter } from './script.ts';
import type { World } from './world.ts';

export type Desk = {
  /** The salesperson answers the newest mail of this prospect from the console; `undefined`: none is there yet. */
  answerFromConsole(letter: Letter): Promise<ApiAnswer | undefined>;
  /** A person reads the newest mail of this prospect again; `undefined`: none has been read yet. */
  correctReading(letter: Letter, kind: 'reply' | 'auto-reply'): Promise<ApiAnswer | undefined>;
  /** A person says what a mail really is. */
  correct(message: IncomingMessage, mail: InboundMail): Promise<ApiAnswer>;
  /** A person says whose an unmatched mail is. */
  assign(message: IncomingMessage, mail: InboundMail): Promise<ApiAnswer>;
};

/** POST. `barrier` holds from the acknowledgment on; what undoes it is lifted before it is asked for. */
export type Order = (path: string, body: unknown, barrier?: string, reason?: string) => Promise<ApiAnswer>;

/** A key is let go after the time that a request may take. */
const KEY_BUSY_MINUTES_MAX = 5;

export function makeDesk(world: World, order: Order): Desk {
  const { timeline, platform, ledger } = world;
  /** One desk: nobody says what a mail is while a colleague's word on that person is still under way. */
  const desk = new Map<string, Promise<unknown>>();
  const atTheDesk = <Answer>(contactId: string, say: () => Promise<Answer>): Promise<Answer> => {
    const answer = (desk.get(contactId) ?? Promise.resolve()).then(say);
    desk.set(contactId, answer);
    return answer;
  };

  const newestOf = (who: Prospect) =>
    [...world.table.partition(`contact#${who.id}`, 'message#')]
      .map(({ document }) => document as { kind: string; id: string; at: string })
      .filter((one) => one.kind === 'in')
      .sort((a, b) => (a.at < b.at ? -1 : 1))
      .at(-1);

  return {
    answerFromConsole: async ({ who, enrollment }) => {
      const newest = newestOf(who);
      if (!newest) return undefined;
      const path = `/v1/messages/${who.id}/${newest.id}/answer`;
      const ask = () => platform.ask('POST', path, { text: 'It is on its way.' }, `answer-${newest.id}`);
      let answer = await ask();
      // The first attempt may still be under way: its key is let go when it cannot be any more.
      for (let again = 0; answer.status === 409 && again < KEY_BUSY_MINUTES_MAX; again++) {
        await new Promise<void>((resolve) => timeline.after(MINUTE, resolve));
        answer = await ask();
      }
      const { sentAt } = (answer.body ?? {}) as { readonly sentAt?: string };
      if (answer.status < 300 && sentAt) ledger.raise(`enrollment:${enrollment}`, 'answered');
      return answer;
    },
    correctReading: async ({ who, enrollment }, kind) => {
      const newest = newestOf(who);
      if (!newest) return undefined;
      if (kind === 'reply') ledger.causes.set(who.id, 'corrected');
      for (const mail of ledger.mails.values()) {
        if (mail.enrollment !== enrollment) continue;
        mail.said = kind;
        mail.isOverruled = kind === 'auto-reply';
        if (!mail.isOverruled) continue;
        for (const reason of [mail.messageId, unread(mail)]) ledger.lift(`enrollment:${enrollment}`, reason);
      }
      const barrier = kind === 'reply' ? `enrollment:${enrollment}` : undefined;
      const told = await atTheDesk(who.id, () =>
        order(`/v1/messages/${who.id}/${newest.id}/reading`, { kind }, barrier, 'corrected'),
      );
      // Nobody has answered after all: from here on the rest of the letters is owed.
      if (kind === 'auto-reply' && told.status < 300) ledger.causes.delete(who.id);
      return told;
    },
    correct: (message, mail) => {
      const { contactId = 'unmatched', id } = message;
      return atTheDesk(mail.from.id, async () => {
        const returnOn =
          mail.returnMs === undefined || mail.said
            ? {}
            : { returnOn: new Date(mail.returnMs).toISOString().slice(0, 10) };
        const kind = mail.said ?? mail.sort;
        const answer = await order(`/v1/messages/${contactId}/${id}/reading`, { kind, ...returnOn });
        if (answer.status < 300 && SUPPRESSING.has(mail.sort))
          ledger.raise(`contact:${mail.from.id}`, 'read by a person');
        return answer;
      });
    },
    assign: ({ id }, mail) =>
      atTheDesk(mail.from.id, () =>
        order(`/v1/messages/unmatched/${id}/assign`, { contactId: mail.from.id }),
      ),
  };
}
