/** A sheet of contacts through a whole local product, as a client sends it: link, upload, launch, report, plans. */
import type { relanceClient } from '../../shared/client.ts';
import { aSheet } from './import-sheets.ts';
import { aCampaign, aWorld } from './world.ts';

export type ImportRun = {
  readonly rows: number;
  readonly accepted: number;
  readonly refused: number;
  /** Rows of the error sheet that name the row and the reason as planted. */
  readonly explained: number;
  /** Enrollments whose first letter has its minute. */
  readonly planned: number;
  readonly seconds: { readonly import: number; readonly planning: number };
  /** Of AWS, made by the importing and the enrolling function. */
  readonly callsPerRow: number;
  /** The heap once it is collected (node --expose-gc): what would grow with the rows if anything held them. */
  readonly keptMb?: number;
  readonly peakMb: { readonly rss: number; readonly heap: number };
};

/** Winter in Lisbon, a Monday before the working day: nothing is due while rows come in. */
const START = '2027-03-01T06:00:00Z';
const WORKERS: ReadonlySet<string> = new Set(['import-contacts', 'enroll-contacts']);
const STEP_MS = 60_000;
/** Turned, not waited for: plans of 10,000 contacts pass through their queue by pages. */
const STEPS_MAX = 120;
const SAMPLED_EVERY_MS = 20;
const MB = 1024 * 1024;

export async function importRun(rows: number, bad: number): Promise<ImportRun> {
  let calls = 0;
  const world = await aWorld(START, {
    observe: (seen) => {
      if (seen.kind === 'call' && WORKERS.has(seen.function)) calls++;
    },
  });
  const memory = watchMemory();
  try {
    const { client } = world;
    const quota = { ...(aCampaign().sender as object), dailyQuota: 500 } as ReturnType<
      typeof aCampaign
    >['sender'];
    await client.campaigns.create({
      ...aCampaign({ sender: quota, launch: false, contacts: [] }),
      id: 'fair',
    });
    const sheet = aSheet(rows, bad);
    const body = Buffer.from(sheet.text);
    const begun = performance.now();
    const asked = { bytes: body.length, campaignId: 'fair', launch: true, acceptWarnings: 'all' } as const;
    const { import: announced, upload } = await client.imports.create(asked);
    const put = await fetch(upload.url, { method: upload.method, headers: upload.headers, body });
    if (!put.ok) throw new Error(`The upload was refused: ${put.status} ${await put.text()}`);
    const one = await until(world, async () => {
      const now = await client.imports.get(announced.id);
      return now.status === 'done' || now.status === 'failed' ? now : undefined;
    });
    const imported = performance.now();
    const planned = await until(world, async () => {
      const count = await plannedCount(client);
      return count >= one.accepted ? count : undefined;
    });
    const ended = performance.now();
    const report = one.errors ? await (await fetch(one.errors.url)).text() : '';
    const lines = report.trimEnd().split('\r\n').slice(1);
    return {
      rows,
      accepted: one.accepted,
      refused: one.refused,
      explained: sheet.bad.filter(
        ({ row, reason }, at) => lines[at]?.includes(`,${row},`) && lines[at]?.includes(`,${reason},`),
      ).length,
      planned,
      callsPerRow: calls / rows,
      seconds: { import: (imported - begun) / 1_000, planning: (ended - imported) / 1_000 },
      ...memory.kept(),
      peakMb: memory.peak(),
    };
  } finally {
    memory.stop();
    await world.close();
  }
}

async function until<Answer>(
  world: Awaited<ReturnType<typeof aWorld>>,
  look: () => Promise<Answer | undefined>,
): Promise<Answer> {
  for (let step = 0; step < STEPS_MAX; step++) {
    const found = await look();
    if (found !== undefined) return found;
    await world.pass(STEP_MS);
  }
  throw new Error('The import has not come to its end');
}

async function plannedCount(client: ReturnType<typeof relanceClient>): Promise<number> {
  let count = 0;
  let after: string | undefined;
  do {
    const page = await client.campaigns.enrollments('fair', { limit: 200, ...(after ? { after } : {}) });
    count += page.items.filter(({ state, dueAt }) => state === 'planned' && dueAt).length;
    after = page.next;
  } while (after);
  return count;
}

function watchMemory() {
  let [rss, heap] = [0, 0];
  const look = (): void => {
    const now = process.memoryUsage();
    rss = Math.max(rss, now.rss);
    heap = Math.max(heap, now.heapUsed);
  };
  const timer = setInterval(look, SAMPLED_EVERY_MS);
  return {
    kept: () => {
      if (!globalThis.gc) return {};
      globalThis.gc();
      return { keptMb: Math.round(process.memoryUsage().heapUsed / MB) };
    },
    peak: () => ({ rss: Math.round(rss / MB), heap: Math.round(heap / MB) }),
    stop: () => clearInterval(timer),
  };
}
