import type { SyncRun } from './run';

/** Signs of one run, and of all that are kept: imports need the room that the browser gives, too. */
const MOST_OF_ONE = 800_000;
const MOST_OF_ALL = 2_000_000;
/** Runs that are kept for each New API. */
const MOST_RUNS = 20;

/**
 * The log with a run more, newest first, as far as there is room. Of a run that is too large the channels at its end go:
 * the page that just ran has all of them. An older one only tells what was found: what is applied is looked at anew.
 */
export function withRun(log: readonly SyncRun[], run: SyncRun): SyncRun[] {
  let room = MOST_OF_ALL;
  const counts = new Map<string, number>();
  return [cut(run), ...log.filter(({ id }) => id !== run.id).map(readOnly)].filter((one) => {
    const count = (counts.get(one.newApiId) ?? 0) + 1;
    counts.set(one.newApiId, count);
    room -= JSON.stringify(one).length;
    return count <= MOST_RUNS && (one.id === run.id || room >= 0);
  });
}

function cut(run: SyncRun): SyncRun {
  let room = MOST_OF_ONE;
  // Failures are said again by the next run; a finding that is cut off is not applied.
  const fit = run.channels
    .toSorted((a, b) => Number(a.failure !== null) - Number(b.failure !== null))
    .filter((channel) => (room -= JSON.stringify(channel).length) >= 0);
  if (fit.length === run.channels.length) return run;
  return { ...run, channels: fit.toSorted((a, b) => a.channelId - b.channelId) };
}

const readOnly = (run: SyncRun): SyncRun => ({
  ...run,
  channels: run.channels.map((channel) => ({ ...channel, seen: { models: '', mapping: '' } })),
});
