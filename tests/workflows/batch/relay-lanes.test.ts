import { expect, test } from 'vitest';
import type { Failure } from '../../../src/core/failures/failure';
import { askRelays } from '../../../src/workflows/batch/relay-lanes';

const TIMEOUT: Failure = { code: 'relay-timeout', host: 'h1.example', seconds: 10 };

/** Asks about so many keys of one relay; `answers`: how each one that is asked about ends, in its order. */
async function asked(count: number, answers: (at: number) => Failure | undefined) {
  let [at, now, most, passed] = [0, 0, 0, 0];
  await askRelays(
    Array.from({ length: count }, (_, key) => key),
    () => 'r',
    async () => {
      most = Math.max(most, ++now);
      const mine = at++;
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      return answers(mine);
    },
    () => (passed += 1),
  );
  return { asked: at, most, passed };
}

test('a relay that answers is asked about all keys, four at once', async () => {
  expect(await asked(20, () => undefined)).toEqual({ asked: 20, most: 4, passed: 0 });
});

test('a relay that never answers is asked about no more than were under way', async () => {
  expect(await asked(20, () => TIMEOUT)).toEqual({ asked: 4, most: 4, passed: 16 });
});

test('one timeout among answers passes nobody over', async () => {
  expect(await asked(20, (at) => (at === 5 ? TIMEOUT : undefined))).toMatchObject({ asked: 20, passed: 0 });
});

test('other failures are answers', async () => {
  const refused: Failure = { code: 'relay-error', host: 'h1.example', status: 503 };
  expect(await asked(8, () => refused)).toMatchObject({ asked: 8, passed: 0 });
});
