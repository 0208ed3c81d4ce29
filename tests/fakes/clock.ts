import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';

/** Time of a stand-in: real where people wait for it (demo, end-to-end tests), virtual in unit tests. */
export interface ServerClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`, or as soon as the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `work` after `ms`; the result cancels it. */
  after(ms: number, work: () => void): () => void;
  /** Runs the handler of a request: virtual time stands still until it ends or waits for something. */
  serve(request: IncomingMessage, handler: () => Promise<void>): Promise<void>;
  /** Waits for what only time brings about, or for nothing at all, as a request that hangs. */
  waitFor<T>(event: Promise<T>): Promise<T>;
}

export const realClock: ServerClock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (ms <= 0 || signal?.aborted) return resolve();
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    }),
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  serve: (_request, handler) => handler(),
  waitFor: (event) => event,
};

/** A request with all that is done for it, on both sides and by the servers behind the first. */
export interface Exchange {
  id: string;
  /** Callers and handlers that have not ended. */
  open: number;
  /** How many of them wait for time to pass. */
  waiting: number;
}

/** The exchange that the running handler belongs to; none under the real clock. */
export const currentExchange = new AsyncLocalStorage<Exchange>();

export const EXCHANGE_HEADER = 'x-test-exchange';

/** Ties a request that a stand-in sends to the one that it answers. */
export function exchangeHeaders(): Record<string, string> {
  const exchange = currentExchange.getStore();
  return exchange ? { [EXCHANGE_HEADER]: exchange.id } : {};
}

export const never = new Promise<never>(() => undefined);
