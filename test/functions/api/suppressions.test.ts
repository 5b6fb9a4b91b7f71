// Who is never written to: one by one, by lists, as a list, as a file; and that none of them is taken again.
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { SuppressionPage, SuppressionsAnswer } from '../../../shared/api/suppressions.ts';
import type { Encoding } from '../../../shared/csv/decode-text.ts';
import type { SuppressionReason } from '../../../shared/domain/enrollment/state.ts';
import { suppressContact } from '../../../shared/suppress-contact.ts';
import { ANA, CAMPAIGN, idOf, START, useWorld } from './api-fixture.ts';

const world = useWorld();
const post = (path: string, body: unknown) => world.now().ask('POST', path, body);
const listed = async () =>
  SuppressionPage.parse(await (await world.now().ask('GET', '/v1/suppressions')).json()).items;
const ADDRESS = 'ana.silva@ferragens.example';
const ana = idOf(ADDRESS);

describe('an address', () => {
  it('of a contact is suppressed, listed with the name, and refused by a campaign', async () => {
    await post('/v1/contacts', { address: ADDRESS, firstName: 'Ana', lastName: 'Silva' });
    const answer = await post('/v1/suppressions', { address: ` ${ADDRESS.toUpperCase()} ` });
    expect(await answer.json()).toEqual({ contactId: ana, suppressed: true });
    expect(await listed()).toEqual([
      {
        kind: 'contact',
        contactId: ana,
        address: ADDRESS,
        name: 'Ana Silva',
        why: 'by-person',
        since: START,
      },
    ]);
    const launch = await post('/v1/campaigns', { ...CAMPAIGN, contacts: [ANA] });
    expect(await launch.json()).toMatchObject({ errors: [{ reason: 'suppressed', contactId: ana }] });
  });

  it('of nobody known is kept as a keyed hash alone, and refused when it comes', async () => {
    await post('/v1/suppressions', { address: 'stranger@elsewhere.example' });
    expect(await listed()).toEqual([
      { kind: 'contact', contactId: idOf('stranger@elsewhere.example'), why: 'by-person', since: START },
    ]);
    expect(JSON.stringify(await world.now().items())).not.toContain('stranger@');
    expect((await post('/v1/contacts', { address: 'stranger@elsewhere.example' })).status).toBe(422);
  });
});

describe('letting a person be written to again', () => {
  const remove = (entry: string, query = '') =>
    world.now().ask('DELETE', `/v1/suppressions/${encodeURIComponent(entry)}${query}`);
  const deeds = async () =>
    (await world.now().ports.store.listAudit()).items
      .filter(({ operation }) => operation.startsWith('DELETE'))
      .map(({ subject, reason }) => [subject, reason]);
  const suppressedAs = (why: SuppressionReason) => suppressContact(world.now().ports, ana, why);
  const launch = async () => (await post('/v1/campaigns', { ...CAMPAIGN, contacts: [ANA] })).status;

  it.each(['by-person', 'bounced'] as const)('needs no reason where it was %s', async (why) => {
    await suppressedAs(why);
    expect(await launch()).toBe(422);
    const answer = await remove(` ${ADDRESS.toUpperCase()}`);
    expect(await answer.json()).toEqual({ contactId: ana, suppressed: false });
    expect(await listed()).toEqual([]);
    expect(await deeds()).toEqual([[ana, undefined]]);
    expect(await launch()).toBe(202);
  });

  it.each(['unsubscribed', 'complained'] as const)(
    'needs a reason where they had %s, and keeps it beside who said so',
    async (why) => {
      await suppressedAs(why);
      for (const query of ['', '?reason=address-works']) {
        const refused = await remove(ana, query);
        expect(refused.status).toBe(422);
        expect(await refused.json()).toMatchObject({ errors: [{ parameter: 'reason' }] });
      }
      expect((await listed()).map((one) => one.why)).toEqual([why]);
      expect((await remove(ana, '?reason=they-asked')).status).toBe(200);
      expect(await listed()).toEqual([]);
      expect(await deeds()).toEqual([[ana, 'they-asked']]);
      await suppressedAs(why);
      expect((await listed()).map((one) => one.why)).toEqual([why]);
    },
  );

  it('is refused of whoever asked to be forgotten', async () => {
    await suppressedAs('erased');
    expect((await remove(ADDRESS, '?reason=they-asked')).status).toBe(409);
    expect((await listed()).map((one) => one.why)).toEqual(['erased']);
  });

  it('says so where their whole company still is, and leaves no address in the log', async () => {
    await post('/v1/suppressions/batch', { entries: [ADDRESS, 'ferragens.example'] });
    const answer = await (await remove(ADDRESS)).json();
    expect(answer).toEqual({ contactId: ana, suppressed: true, domain: 'ferragens.example' });
    expect(JSON.stringify((await world.now().ports.store.listAudit()).items)).not.toContain('@');
    expect((await remove('not an address')).status).toBe(422);
    expect((await remove(ana)).status).toBe(200);
  });
});

describe('a list', () => {
  const SHEETS: readonly (readonly [string, string])[] = [
    ['with a header', 'Name,Email\nX,a@one.example\nY,b@two.example\nZ,no address\n'],
    ['of Chinese words', '姓名;邮箱\nX;a@one.example\nY;b@two.example\nZ;no address\n'],
    ['without a header', 'a@one.example\nb@two.example\nno address\n'],
  ];
  it.each(SHEETS)('%s is taken but for what is neither address nor domain', async (_what, csv) => {
    const answer = SuppressionsAnswer.parse(await (await post('/v1/suppressions/batch', { csv })).json());
    expect(answer).toMatchObject({
      suppressed: 2,
      refused: [{ pointer: '/csv', detail: expect.stringMatching(/^Entry 3/) }],
    });
    expect((await listed()).map(({ contactId }) => contactId).sort()).toEqual(
      [idOf('a@one.example'), idOf('b@two.example')].sort(),
    );
  });

  const EXCELS: readonly (readonly [string, Encoding])[] = [
    ['UTF-16, as "Unicode text" is saved', 'utf16le'],
    ['GBK, as Excel in China saves CSV', 'gb18030'],
    ['Windows-1252, as Excel in Europe does', 'windows-1252'],
  ];
  it.each(EXCELS)('of Excel in %s is read like a list of contacts', async (_what, encoding) => {
    const names = encoding === 'windows-1252' ? ['Prénom', 'Zoë'] : ['姓名', '王伟明'];
    const email = encoding === 'windows-1252' ? 'Email' : '邮箱';
    const text = `${names[0]},${email}\r\n${names[1]},a@one.example\r\n${names[1]},no address\r\n`;
    const base64 = iconv.encode(text, encoding).toString('base64');
    const answer = await (await post('/v1/suppressions/batch', { base64 })).json();
    expect(answer).toMatchObject({ suppressed: 1, refused: [{ pointer: '/base64' }] });
    expect((await listed()).map(({ contactId }) => contactId)).toEqual([idOf('a@one.example')]);
  });

  it('of domains, addresses and free mail is sorted out entry by entry, and may come twice', async () => {
    const entries = ['Rival.example', '@rival.example', 'a@one.example', 'gmail.com', 'a b'];
    for (const _time of [1, 2]) {
      const response = await post('/v1/suppressions/batch', { entries });
      expect(await response.json()).toMatchObject({
        suppressed: 2,
        refused: [
          { pointer: '/entries/3', detail: expect.stringContaining('one by one') },
          { pointer: '/entries/4', detail: expect.stringContaining('example.com') },
        ],
      });
    }
    expect((await listed()).map(({ kind }) => kind).sort()).toEqual(['contact', 'domain']);
    await world.now().ask('DELETE', '/v1/suppressions/rival.example');
    expect((await listed()).map(({ kind }) => kind)).toEqual(['contact']);
  });

  it('is refused whole where it is too long or twice given', async () => {
    const csv = `Email\n${'a@one.example\n'.repeat(2_001)}`;
    expect((await post('/v1/suppressions/batch', { csv })).status).toBe(422);
    expect((await post('/v1/suppressions/batch', { csv: 'x', entries: ['y'] })).status).toBe(422);
    expect((await post('/v1/suppressions', { domain: 'x@a.example' })).status).toBe(422);
    expect((await post('/v1/suppressions', { address: 'a.example' })).status).toBe(422);
    expect((await post('/v1/suppressions', { domain: 'a.example', address: 'x@a.example' })).status).toBe(
      422,
    );
    expect(await listed()).toEqual([]);
  });
});

describe('a file of all', () => {
  const file = async (body: unknown) => {
    const answer = await post('/v1/exports', body);
    expect(answer.status).toBe(201);
    const { url } = (await answer.json()) as { url: string };
    const key = decodeURIComponent(new URL(url).pathname.slice(1));
    return Buffer.from((await world.now().ports.files.read(key, 0, 100_000)) ?? []).toString();
  };

  it('suppressions is what the import reads again', async () => {
    await post('/v1/contacts', { address: ADDRESS });
    await post('/v1/suppressions/batch', { entries: [ADDRESS, 'rival.example'] });
    const csv = await file({ what: 'suppressions' });
    expect(csv.split('\r\n')[0]).toContain('email,domain,since,why');
    const again = await (await post('/v1/suppressions/batch', { csv })).json();
    expect(again).toEqual({ suppressed: 2, refused: [] });
  });

  it('contacts has everybody, and no cell of it is a formula', async () => {
    await post('/v1/contacts', {
      address: ADDRESS,
      firstName: '=HYPERLINK("http://evil.example")',
      company: '+1',
    });
    await post('/v1/contacts', { address: 'b@two.example', firstName: 'Bea' });
    const { items } = (await (await world.now().ask('GET', '/v1/contacts')).json()) as { items: unknown[] };
    expect(items).toHaveLength(2);
    const rows = (await file({ what: 'contacts' })).trimEnd().split('\r\n').slice(1);
    expect(rows).toHaveLength(2);
    expect(rows.join('\n')).not.toMatch(/(^|,)"?[=+@-]/m);
    expect((await post('/v1/exports', { what: 'enrollments' })).status).toBe(422);
  });
});
