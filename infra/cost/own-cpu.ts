/**
 * How much of the process's CPU was the functions' own: the metered run shares its process with the embedded services,
 * which on AWS are somebody else's machines. Samples are told apart by the nearest file on their stack.
 */
import { type Profiler, Session } from 'node:inspector/promises';

/** The local runtime, and the packages that only it uses. */
const EMBEDDED =
  /\/infra\/|\/node_modules\/(?:dynalite|level|abstract-level|classic-level|smtp-server|lazy|big\.js)[^/]*\//;
const INTERVAL_US = 500;

/** Answers the share, 0 to 1, of what is neither idle nor an embedded service's. */
export async function watchOwnCpu(): Promise<() => Promise<number>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US });
  await session.post('Profiler.start');
  return async () => {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    return ownShare(profile.nodes);
  };
}

/**
 * Work without a file on its stack (sockets, garbage) belongs to both in the same proportion, so it is left out of the
 * share.
 */
export function ownShare(nodes: readonly Profiler.ProfileNode[]): number {
  const parents = new Map<number, Profiler.ProfileNode>();
  for (const node of nodes) for (const child of node.children ?? []) parents.set(child, node);
  const hits = { own: 0, embedded: 0 };
  for (const node of nodes) {
    let at: Profiler.ProfileNode | undefined = node;
    while (at && !at.callFrame.url.startsWith('file:')) at = parents.get(at.id);
    if (at) hits[EMBEDDED.test(at.callFrame.url) ? 'embedded' : 'own'] += node.hitCount ?? 0;
  }
  const all = hits.own + hits.embedded;
  return all === 0 ? 0 : hits.own / all;
}
