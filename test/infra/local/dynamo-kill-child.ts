// Run as a process of its own, to be killed: serves the directory given as argument and tells its parent the endpoint.
import { startDynamo } from '../../../infra/local/dynamo.ts';

const dynamo = await startDynamo({ path: process.argv[2] ?? '', now: () => 0 });
process.send?.(dynamo.endpoint);
// Should the parent die first, nobody would be left to end this process.
process.on('disconnect', () => process.exit());
