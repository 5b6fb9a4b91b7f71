/** Which ids of ours a mail names. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { IDS_MAX } from '../../../shared/inbound/mail-limits.ts';
import { candidateIds } from '../../../shared/inbound/match-ids.ts';
import { parseMail } from '../../../shared/parse-mail.ts';

const ids = async (raw: string | Buffer): Promise<readonly string[]> =>
  candidateIds(await parseMail(Buffer.from(raw)));
const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../fixtures/mail/reading/${name}.eml`, import.meta.url));

it('In-Reply-To comes first, then the references from the newest on, each once', async () => {
  const raw = 'In-Reply-To: <c@email.amazonses.com>\nReferences: <a@x> <b@y> <c@email.amazonses.com>\n\nx';
  expect(await ids(raw)).toEqual(['c', 'b', 'a']);
});

it.each([
  ['postfix-dsn', '0100019ab-1795298409291'],
  ['bounce-delayed', '0100019aa-e2'],
  ['bounce-qmail', '0100019aa-e4'],
  ['complaint', '0100019aa-g1'],
])('%s names the letter that it returns', async (name, id) => {
  expect(await ids(fixture(name))).toContain(id);
});

it('a forwarded mail is matched by the ids of the mail inside', async () => {
  const raw =
    'From: anne@agency.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nIn-Reply-To: <ours@x>\n\nyes\n--b--';
  expect(await ids(raw)).toEqual(['ours']);
});

it('thousands of references are cut', async () => {
  const raw = `References: ${Array.from({ length: 5_000 }, (_, n) => `<${n}@x>`).join(' ')}\n\nx`;
  expect((await ids(raw)).length).toBeLessThanOrEqual(IDS_MAX);
});
