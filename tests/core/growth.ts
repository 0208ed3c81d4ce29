const MEGABYTE = 1_000_000;

/** Half of what the square of the size would make: caches and the collector cost what grows with the size a part of that. */
export const LINEAR = 128;

/**
 * How many times as long the whole of something takes as a sixteenth of it, of the same kind: about 16 where the time grows
 * with the size, 256 where it grows with its square, so that `LINEAR` tells one from the other on a busy machine, too. Within `enough` milliseconds it is quick enough anywhere, and counts as 0; on
 * a slow machine the growth decides. `whole` is a size: 1 MB of text, if nothing else is said.
 */
export function growth<T>(
  read: (given: T) => unknown,
  ofSize: (size: number) => T,
  { whole = MEGABYTE, enough = 1000 } = {},
): number {
  const time = leastTime(read, ofSize(whole), enough);
  return time < enough ? 0 : time / leastTime(read, ofSize(whole / 16), 0);
}

/** Of the processor, since other programs may hold it up: milliseconds, the least of three. */
function leastTime<T>(read: (given: T) => unknown, given: T, enough: number): number {
  const times: number[] = [];
  do {
    const before = process.cpuUsage();
    read(given);
    times.push(process.cpuUsage(before).user / 1000);
  } while (Math.min(...times) >= enough && times.length < 3);
  return Math.min(...times);
}
