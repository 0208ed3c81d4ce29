/** How long a write is remembered, in milliseconds. */
export const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * What History keeps: how long a write is remembered and can be undone, in milliseconds, and how many records and
 * characters of each kind. The browser gives an extension 10 MiB in all, and a flood of one kind must not push out the
 * other.
 */
export const KEPT = { ms: KEPT_MS, records: 2_000, chars: 2_750_000 };
