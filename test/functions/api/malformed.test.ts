// A thousand requests that cannot be right, made of the OpenAPI document; `npm run malformed` asks ten thousand.
import { it } from 'vitest';
import { useExampleWorld } from './example-world.ts';
import { refuseAll } from './malformed.ts';

const world = useExampleWorld();

it('refuses malformed requests with a problem, never with a 5xx, and changes nothing', async () => {
  await refuseAll(world.now(), 1_000);
});
