/** Reads one mail whole and measures it: CPU time, memory kept, and whether anything was thrown. */
import { readMail } from '../../shared/inbound/read-mail.ts';
import { parseMail } from '../../shared/parse-mail.ts';

export type Measured = {
  readonly bytes: number;
  /** User and system time of this process. */
  readonly cpuMs: number;
  /** Heap and buffers above what was held before; short of what the collector took meanwhile. */
  readonly mb: number;
  readonly threw?: string;
  readonly isAmbiguous: boolean;
};

const NOW = '2026-11-23T12:00:00.000Z';

const held = (): number => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

export const measureReading = async (raw: Uint8Array): Promise<Measured> => {
  const memory = held();
  const before = process.cpuUsage();
  const done = (rest: Pick<Measured, 'isAmbiguous' | 'threw'>): Measured => {
    const { user, system } = process.cpuUsage(before);
    return { bytes: raw.length, cpuMs: (user + system) / 1_000, mb: (held() - memory) / 2 ** 20, ...rest };
  };
  try {
    const reading = readMail(await parseMail(raw), { now: NOW });
    return done({ isAmbiguous: reading.ambiguous.length > 0 });
  } catch (cause) {
    return done({ isAmbiguous: false, threw: String(cause) });
  }
};

/** What a reader does in less is never looked at twice. */
const DOUBTED_MS = 10;
const TIMES = 3;

/** The least of three looks where the first is slow: a neighbour's work and the collector's are not the mail's. */
export const measureFairly = async (raw: Uint8Array): Promise<Measured> => {
  let least = await measureReading(raw);
  for (let time = 1; time < TIMES && least.cpuMs > DOUBTED_MS; time++) {
    const again = await measureReading(raw);
    if (again.cpuMs < least.cpuMs) least = { ...again, mb: Math.min(again.mb, least.mb) };
  }
  return least;
};

/** Below this, fixed costs and the clock's grain drown what a byte costs. */
export const BIG_BYTES = 64 * 1024;

export type Hostility = {
  readonly n: number;
  readonly threw: number;
  readonly over1s: number;
  readonly over128MB: number;
  readonly ambiguous: number;
  /** Of mails of 64 KB and more; 0 where there are none. */
  readonly worstMsPerMB: number;
  readonly medianMsPerMB: number;
  /** Of smaller mails. */
  readonly worstSmallMs: number;
};

export const summarise = (all: readonly Measured[]): Hostility => {
  const rates = all
    .filter(({ bytes }) => bytes >= BIG_BYTES)
    .map(({ cpuMs, bytes }) => cpuMs / (bytes / 2 ** 20))
    .sort((a, b) => a - b);
  const small = all.filter(({ bytes }) => bytes < BIG_BYTES).map(({ cpuMs }) => cpuMs);
  return {
    n: all.length,
    threw: all.filter(({ threw }) => threw !== undefined).length,
    over1s: all.filter(({ cpuMs }) => cpuMs > 1_000).length,
    over128MB: all.filter(({ mb }) => mb > 128).length,
    ambiguous: all.filter(({ isAmbiguous }) => isAmbiguous).length,
    worstMsPerMB: rates.at(-1) ?? 0,
    medianMsPerMB: rates[Math.floor(rates.length / 2)] ?? 0,
    worstSmallMs: Math.max(0, ...small),
  };
};
