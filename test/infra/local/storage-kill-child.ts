// Run as a process of its own, to be killed: serves `dynamo` or `s3` from a directory, tells its parent the endpoint.
import { startDynamo } from '../../../infra/local/dynamo.ts';
import { startS3 } from '../../../infra/local/s3.ts';

const [, , service, path = ''] = process.argv;
const now = () => 0;
const { endpoint } =
  service === 's3'
    ? await startS3({ dir: path, buckets: ['relance-mail'], now })
    : await startDynamo({ path, now });
process.send?.(endpoint);
// Should the parent die first, nobody would be left to end this process.
process.on('disconnect', () => process.exit());
