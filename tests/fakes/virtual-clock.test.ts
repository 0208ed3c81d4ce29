import { expect, onTestFinished, test } from 'vitest';
import { fetchHttp } from '../../src/platform/fetch-http';
import { startNewApi, type FakeNewApi, type NewApiOptions } from './new-api';
import { virtualClock, type VirtualClock } from './virtual-clock';

const HOUR = 3_600_000;

async function relayAt(clock: VirtualClock, options: NewApiOptions = {}): Promise<FakeNewApi> {
  const relay = await startNewApi({ clock, ...options });
  onTestFinished(() => relay.stop());
  return relay;
}

test('sleeps cost nothing, and end in the order of their times', async () => {
  const clock = virtualClock();
  const [started, order] = [clock.now(), [] as string[]];
  await Promise.all([
    clock.sleep(3 * HOUR).then(() => order.push('three')),
    clock.sleep(HOUR).then(() => order.push('one')),
    clock.sleep(2 * HOUR).then(() => order.push('two')),
  ]);
  expect(order).toEqual(['one', 'two', 'three']);
  expect(clock.now() - started).toBe(3 * HOUR);
});

test('a sleep ends when its signal is aborted, and its timer with it', async () => {
  const clock = virtualClock();
  const started = clock.now();
  const stop = new AbortController();
  clock.after(10, () => stop.abort());
  await clock.sleep(HOUR, stop.signal);
  await clock.sleep(1);
  expect(clock.now() - started).toBe(11);
});

test('time stands still while a request is under way, and goes on while its server sleeps', async () => {
  const clock = virtualClock();
  const relay = await relayAt(clock, { latencyMs: 500 });
  const http = clock.http(fetchHttp);
  const started = clock.now();
  const rung: number[] = [];
  clock.after(400, () => rung.push(400));
  clock.after(600, () => rung.push(600));
  const reply = await http.send({ method: 'GET', url: `${relay.origin}/api/status`, timeoutMs: 1_000 });
  expect(reply).toMatchObject({ ok: true, value: { status: 200 } });
  expect(clock.now() - started).toBe(501);
  expect(rung).toEqual([400]);
});

test('a request that hangs is given up after its own time', async () => {
  const clock = virtualClock();
  const relay = await relayAt(clock);
  relay.faults.hang = true;
  const http = clock.http(fetchHttp);
  const started = clock.now();
  const url = `${relay.origin}/api/status`;
  expect(await http.send({ method: 'GET', url, timeoutMs: 45_000 })).toEqual({
    ok: false,
    failure: { code: 'timeout', host: new URL(url).host, seconds: 45 },
  });
  expect(clock.now() - started).toBe(45_001);
  const stop = new AbortController();
  clock.after(5, () => stop.abort());
  expect(await http.send({ method: 'GET', url, timeoutMs: 45_000, signal: stop.signal })).toMatchObject({
    failure: { code: 'cancelled' },
  });
});

test('time stands still while another thread works', async () => {
  const clock = virtualClock();
  const rung: string[] = [];
  clock.after(1, () => rung.push('timer'));
  await clock.during(
    crypto.subtle.digest('SHA-256', new Uint8Array(1_000_000)).then(() => rung.push('work')),
  );
  await clock.sleep(2);
  expect(rung).toEqual(['work', 'timer']);
});
