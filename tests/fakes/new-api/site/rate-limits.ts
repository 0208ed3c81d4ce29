import type { RateLimits } from '../types';

const DEFAULT_LIMITS: RateLimits = { api: 360, critical: 20, search: 10 };
const WINDOW_SECONDS: RateLimits = { api: 180, critical: 1200, search: 60 };

export class RateLimiter {
  readonly #limits: RateLimits;
  readonly #now: () => number;
  readonly #times = new Map<string, number[]>();

  constructor(limits: Partial<RateLimits>, now: () => number) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#now = now;
  }

  /**
   * Counts one request of `who`. Over the limit it gives what Retry-After says: always the full window, not the time
   * that is left. Refused requests do not count.
   */
  refuse(bucket: keyof RateLimits, who: string): number | undefined {
    const window = WINDOW_SECONDS[bucket];
    const now = this.#now();
    const name = `${bucket} ${who}`;
    const recent = (this.#times.get(name) ?? []).filter((time) => now - time < window * 1000);
    const full = recent.length >= this.#limits[bucket];
    if (!full) recent.push(now);
    this.#times.set(name, recent);
    return full ? window : undefined;
  }
}
