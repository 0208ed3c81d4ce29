import { expect, test } from 'vitest';
import { createWorks } from '../../src/worker/works';

/** A work that goes on until it is stopped. */
const endless = (signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve('stopped')));

test('a work is followed by its id, as far as it says', async () => {
  const works = createWorks();
  const work = works.run('w', (signal, report) => {
    report(2, 5);
    return endless(signal);
  });
  expect(works.progress('w')).toEqual({ done: 2, total: 5 });
  expect(works.progress('other')).toBeNull();
  works.stop('w');
  expect(await work).toBe('stopped');
  expect(works.progress('w')).toBeNull();
});

test('a stop says whether there was anything to stop, and stops all of that id', async () => {
  const works = createWorks();
  expect(works.stop('w')).toBe(false);
  const both = [works.run('w', endless), works.run('w', endless)];
  let others = 0;
  void works.run('other', async (signal) => {
    await endless(signal);
    others++;
  });
  expect(works.stop('w')).toBe(true);
  expect(await Promise.all(both)).toEqual(['stopped', 'stopped']);
  expect(others).toBe(0);
});

test('draining stops everything, also what is begun meanwhile, and waits for the ends', async () => {
  const works = createWorks();
  const ends: string[] = [];
  const run = async (name: string, then?: () => void): Promise<void> =>
    works.run(name, async (signal) => {
      await endless(signal);
      then?.();
      await Promise.resolve();
      ends.push(name);
    });
  void run('first', () => void run('begun at the end'));
  void run('second');
  await works.drain();
  expect(ends.toSorted()).toEqual(['begun at the end', 'first', 'second']);
});

test('a work that fails is over, and its failure is its caller’s', async () => {
  const works = createWorks();
  const failing = works.run('w', async () => Promise.reject(new Error('a bug')));
  await expect(failing).rejects.toThrow('a bug');
  expect(works.stop('w')).toBe(false);
});
