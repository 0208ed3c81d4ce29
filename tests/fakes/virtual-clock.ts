import { fail } from '../../src/core/failures/result';
import type { Http } from '../../src/ports/http.ts';
import { currentExchange, EXCHANGE_HEADER, type Exchange, type ServerClock } from './clock.ts';

export interface VirtualClock extends ServerClock {
  /** The port over another one: time stands still while a request is under way, and timeouts are virtual. */
  http(inner: Http): Http;
  /** Time stands still until the work (of another thread: encryption, a file) is done. */
  during<T>(work: Promise<T>): Promise<T>;
  /** Forgets all timers and exchanges: whoever sleeps does so for ever. */
  reset(): void;
}

/** The real timeout of a request, which only a defect of a test can reach. */
const REAL_TIMEOUT_MS = 25_000;

/** What every request takes, so that what was asked later also happens later. */
const LATENCY_MS = 1;

interface Timer {
  due: number;
  ring: () => void;
}

/**
 * Time that jumps to the next timer when nothing else can happen: no request under way that does not wait for time
 * itself, no work of another thread, no microtask. So waits cost nothing and their order and lengths are exact.
 */
export function virtualClock(): VirtualClock {
  let time = Date.now();
  let timers: Timer[] = [];
  let lookPlanned = false;
  let lastId = 0;
  const exchanges = new Map<string, Exchange>();

  const isBusy = (): boolean =>
    [...exchanges.values()].some(({ open, waiting }) => open > 0 && waiting === 0);

  /** Microtasks, and what they start, come before the next immediate. */
  function look(): void {
    if (lookPlanned) return;
    lookPlanned = true;
    setImmediate(() => {
      lookPlanned = false;
      if (isBusy()) return;
      if (timers.length === 0) return;
      time = Math.max(time, timers[0]!.due);
      while (timers.length > 0 && timers[0]!.due <= time) timers.shift()!.ring();
      look();
    });
  }

  function after(ms: number, ring: () => void): () => void {
    const timer = { due: time + ms, ring };
    const at = timers.findLastIndex(({ due }) => due <= timer.due) + 1;
    timers.splice(at, 0, timer);
    look();
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  }

  /** Takes part in an exchange; the result ends the part. */
  function join(exchange: Exchange): () => void {
    exchange.open++;
    exchanges.set(exchange.id, exchange);
    return () => {
      exchange.open--;
      if (exchange.open === 0) exchanges.delete(exchange.id);
      look();
    };
  }

  const newExchange = (id = `${++lastId}`): Exchange => ({ id, open: 0, waiting: 0 });

  /** Marks the running handler as waiting; the result ends that. */
  function beginWait(): () => void {
    const exchange = currentExchange.getStore();
    if (!exchange) return () => undefined;
    exchange.waiting++;
    look();
    return () => void exchange.waiting--;
  }

  const sleep: VirtualClock['sleep'] = (ms, signal) =>
    new Promise((resolve) => {
      if (ms <= 0 || signal?.aborted) return resolve();
      const endWait = beginWait();
      const wake = (): void => {
        cancel();
        signal?.removeEventListener('abort', wake);
        endWait();
        resolve();
      };
      const cancel = after(ms, wake);
      signal?.addEventListener('abort', wake);
    });

  return {
    now: () => time,
    after,
    sleep,
    async serve(request, handler) {
      const { [EXCHANGE_HEADER]: id, ...headers } = request.headers;
      request.headers = headers;
      const exchange = exchanges.get(String(id)) ?? newExchange(id?.toString());
      const leave = join(exchange);
      try {
        await currentExchange.run(exchange, handler);
      } finally {
        leave();
      }
    },
    async waitFor(event) {
      const endWait = beginWait();
      try {
        return await event;
      } finally {
        endWait();
      }
    },
    http: (inner) => ({
      async send(request) {
        await sleep(LATENCY_MS, request.signal);
        const exchange = currentExchange.getStore() ?? newExchange();
        const leaves = [join(exchange)];
        const patience = new AbortController();
        const cancel = after(request.timeoutMs, () => patience.abort());
        const signal = AbortSignal.any([patience.signal, ...(request.signal ? [request.signal] : [])]);
        // The handler may wait for ever, but time stands still until the caller knows that it waits no longer.
        const stand = (): unknown => leaves.push(join(newExchange()));
        signal.addEventListener('abort', stand);
        try {
          const headers = { ...request.headers, [EXCHANGE_HEADER]: exchange.id };
          const reply = await inner.send({ ...request, headers, timeoutMs: REAL_TIMEOUT_MS, signal });
          if (reply.ok || reply.failure.code !== 'cancelled' || request.signal?.aborted) return reply;
          const { host } = new URL(request.url);
          return fail({ code: 'timeout', host, seconds: Math.round(request.timeoutMs / 1000) });
        } finally {
          cancel();
          signal.removeEventListener('abort', stand);
          leaves.forEach((leave) => leave());
        }
      },
    }),
    async during(work) {
      const leave = join(newExchange());
      try {
        return await work;
      } finally {
        leave();
      }
    },
    reset() {
      timers = [];
      exchanges.clear();
    },
  };
}
