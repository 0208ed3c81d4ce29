import type { Sha256 } from '../core/cliproxyapi/lists/credential-id';

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Which hosts the browser lets us reach, as match patterns. Asking for one needs a click, so pages do that. */
export interface Hosts {
  granted(pattern: string): Promise<boolean>;
  list(): Promise<string[]>;
  revoke(pattern: string): Promise<boolean>;
}

/** One holder at a time per name, across all pages and the worker. */
export interface Locks {
  /** Undefined when the signal was aborted before the lock was had; the work has then not begun. */
  hold<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<{ value: T } | undefined>;
}

/** Tells open pages that the picture has changed. */
export interface Pages {
  notify(): Promise<void>;
}

/** Wakes the worker again while work is unfinished. Calls nest: each `true` wants one `false`. */
export interface KeepAlive {
  set(on: boolean): Promise<void>;
}

/** Wakes the worker from time to time; null: no longer. It outlives the worker, and what it wakes is told its name. */
export interface Alarms {
  every(name: string, minutes: number | null): Promise<void>;
}

export interface Hash {
  sha256: Sha256;
}

export interface Ids {
  next(): string;
}
