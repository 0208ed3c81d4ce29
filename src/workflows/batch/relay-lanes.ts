import type { Failure } from '../../core/failures/failure';
import { atMost } from '../few-at-once';

/** So many keys are asked about at once, in all and at one relay: no relay sees a crowd. */
const AT_ONCE = 16;
const AT_ONE_RELAY = 4;

/** So many timeouts in a row, with no answer between them, and a relay is not asked about its other keys. */
const ENOUGH_TIMEOUTS = 2;

/**
 * Asks relays about keys. After a timeout the other keys of that relay wait for one answer: they are asked about one by one
 * until something is answered, and none is after two timeouts in a row. `ask` returns why a key was not read, if it was not;
 * `passOver` hears of a key that is not asked about, and why.
 */
export async function askRelays<T>(
  keys: readonly T[],
  relayOf: (key: T) => string,
  ask: (key: T) => Promise<Failure | undefined>,
  passOver: (key: T, failure: Failure) => void,
): Promise<void> {
  const inAll = atMost(AT_ONCE);
  const lanes = new Map<string, Lane>();
  const laneOf = (relay: string): Lane => {
    const lane = lanes.get(relay) ?? {
      slots: atMost(AT_ONE_RELAY),
      single: atMost(1),
      underWay: new Set<Promise<void>>(),
      timeouts: 0,
      last: undefined,
    };
    lanes.set(relay, lane);
    return lane;
  };
  await Promise.all(
    keys.map((key) => {
      const lane = laneOf(relayOf(key));
      const go = async (): Promise<void> => {
        if (lane.last && lane.timeouts >= ENOUGH_TIMEOUTS) return passOver(key, lane.last);
        const failure = await inAll(() => ask(key));
        lane.last = failure?.code === 'relay-timeout' ? failure : undefined;
        lane.timeouts = lane.last ? lane.timeouts + 1 : 0;
      };
      const goAlone = async (): Promise<void> => {
        await Promise.all(lane.underWay);
        return go();
      };
      return lane.slots(async () => {
        if (lane.timeouts > 0) return lane.single(goAlone);
        const way = go();
        lane.underWay.add(way);
        await way.finally(() => lane.underWay.delete(way));
      });
    }),
  );
}

/** What is known of one relay while its keys are asked about. */
interface Lane {
  slots: ReturnType<typeof atMost>;
  single: ReturnType<typeof atMost>;
  /** What was begun before its first timeout. */
  underWay: Set<Promise<void>>;
  /** Timeouts since its last answer. */
  timeouts: number;
  last: Failure | undefined;
}
