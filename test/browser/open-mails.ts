/** Shows real mails in the console's own inbox, through the code that makes them harmless, and opens each formatted. */
import type { Page } from 'playwright-core';
import type { MessageView } from '../../shared/api/contacts.ts';
import { originalOf } from '../../shared/open-original.ts';

/** The list and the originals are answered here, by the product's own `originalOf`; everything else by the runtime. */
export async function openMails(page: Page, mails: readonly Uint8Array[]): Promise<number> {
  const items: MessageView[] = mails.map((_, place) => ({
    id: `corpus-${place}`,
    kind: 'in',
    at: '2026-11-17T09:00:00.000Z',
    from: 'somebody@corpus.example',
    subject: `Mail ${place}`,
    read: 'reply',
    text: 'words',
  }));
  await page.route(/\/v1\/messages\?/, (route) => route.fulfill({ json: { items } }));
  await page.route(/\/v1\/messages\/unmatched\/corpus-\d+\/original/, async (route) => {
    const place = Number(/corpus-(\d+)/.exec(route.request().url())?.[1]);
    await route.fulfill({ json: await originalOf(mails[place] ?? new Uint8Array()) });
  });
  await page.evaluate('location.hash = "/inbox"');
  let formatted = 0;
  for (const { id, subject = '' } of items) {
    const row = page.locator(`[data-mail="${id}"]`);
    await row.getByRole('button', { name: subject, exact: true }).click();
    await row.getByRole('button', { name: 'Formatted' }).click();
    const frame = row.locator('iframe');
    await frame.or(row.getByText('This mail is plain text.')).waitFor();
    formatted += await frame.count();
    // Closed again: a hundred open mails are no inbox.
    await row.getByRole('button', { name: subject, exact: true }).click();
  }
  await page.unrouteAll({ behavior: 'wait' });
  return formatted;
}
