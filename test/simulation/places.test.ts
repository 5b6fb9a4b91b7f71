// The simulator's places are held to the contract of the real ones.
import { describe } from 'vitest';
import { placesContract } from '../support/places.contract.ts';
import { AT } from '../support/store-samples.ts';
import { makeCalls, type Run } from './calls.ts';
import { scriptedFaults } from './faults.ts';
import { placeStoreOf } from './ports/store-places.ts';
import { makeTable } from './ports/table.ts';
import { makeRandom } from './random.ts';
import { makeTimeline } from './timeline.ts';

const RUN: Run = {
  id: 'test#1',
  skewMs: 0,
  isDead: false,
  frozenUntil: 0,
  pending: 0,
  isSpared: false,
  isDone: true,
};

describe('the simulated places', () => {
  placesContract(async () => {
    const timeline = makeTimeline(Date.parse(AT), false);
    let isOver = false;
    const play = async (): Promise<void> => {
      while (!isOver) {
        await timeline.play(() => isOver || timeline.next() === undefined);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    play();
    const calls = makeCalls(timeline, scriptedFaults(new Map()), makeRandom(1));
    const close = async () => {
      isOver = true;
    };
    return {
      store: placeStoreOf(
        { ...RUN },
        calls,
        makeTable(timeline, () => 0),
      ),
      close,
    };
  });
});
