const MEGABYTE = 1_000_000;

/**
 * How many times as long 1 MB of a kind of text takes as a quarter of it, of the same kind: about 4 where the time grows with
 * the length, 16 where it grows with its square. Within a second it is quick enough anywhere, and counts as 0; on a slow
 * machine the growth decides.
 */
export function growth(read: (text: string) => unknown, ofLength: (length: number) => string): number {
  const whole = leastTime(read, ofLength(MEGABYTE));
  return whole < 1000 ? 0 : whole / leastTime(read, ofLength(MEGABYTE / 4));
}

/** Of the processor, since other programs may hold it up: milliseconds, the least of three. */
function leastTime(read: (text: string) => unknown, text: string): number {
  const times: number[] = [];
  do {
    const before = process.cpuUsage();
    read(text);
    times.push(process.cpuUsage(before).user / 1000);
  } while (Math.min(...times) >= 1000 && times.length < 3);
  return Math.min(...times);
}
