// `npm run malformed [COUNT] [SEED]`: malformed requests, made of the OpenAPI document, until one is not refused.
import { openExampleWorld } from './example-world.ts';
import { refuseAll } from './malformed.ts';

const [, , count = '10000', seed] = process.argv;
const world = await openExampleWorld();
try {
  await refuseAll(world, Number(count), seed === undefined ? undefined : Number(seed));
  console.log(`${count} malformed requests: each refused with a problem, nothing changed`);
} finally {
  await world.close();
}
