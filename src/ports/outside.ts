import type { Sha256 } from '../core/cliproxyapi/lists/credential-id';

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Hosts that the browser lets us reach, as match patterns. Only pages ask for one, since that needs a click. */
export interface Hosts {
  granted(pattern: string): Promise<boolean>;
  list(): Promise<string[]>;
  revoke(pattern: string): Promise<boolean>;
}

/** One holder at a time per name, across all pages and the worker. */
export interface Locks {
  /** Undefined if the signal was aborted before the lock was acquired; `work` has not begun then. */
  hold<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<{ value: T } | undefined>;
}

/** Tells open pages that the picture has changed. */
export interface Pages {
  notify(): Promise<void>;
}

/** Wakes the worker again while work is unfinished. Calls nest: each `true` needs one `false`. */
export interface KeepAlive {
  set(on: boolean): Promise<void>;
}

/** Wakes the worker every so many minutes; null cancels it. An alarm outlives the worker and passes on its name. */
export interface Alarms {
  every(name: string, minutes: number | null): Promise<void>;
}

export interface Hash {
  sha256: Sha256;
}

export interface Ids {
  next(): string;
}
