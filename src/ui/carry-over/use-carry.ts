import { useEffect, useRef, useState } from 'react';
import type { CarryOpened, CarryOutcome, CarryPlan, CarryPlanned } from '../../core/carry-over/view';
import type { Result } from '../../core/failures/result';
import { usePage } from '../page-context';

/** From which CLIProxyAPI to which, by their ids. */
export interface Way {
  from: string;
  to: string;
}

/** The names of the two, as the user calls them. */
export interface Names {
  from: string;
  to: string;
}

type Ended = Exclude<CarryOutcome, { kind: 'replan' }>;

export type CarryState =
  | { kind: 'planning' }
  | { kind: 'plan'; plan: CarryPlan; replanned: boolean }
  | { kind: 'writing' }
  | { kind: 'ended'; end: Ended };

/** A failure of the door is one of the work. */
const orFailed = <T>(reply: Result<T>): T | Extract<Ended, { kind: 'failed' }> =>
  reply.ok ? reply.value : { kind: 'failed', failure: reply.failure };

/** What one has and the other has not; undefined: it is being read. */
export function useComparison(): {
  found: CarryOpened | Extract<Ended, { kind: 'failed' }> | undefined;
  /** Null: nothing was compared yet. */
  way: Way | null;
  compare(way: Way): Promise<void>;
  forget(): void;
} {
  const { ask } = usePage();
  const latest = useRef('');
  const [way, setWay] = useState<Way | null>(null);
  const [found, setFound] = useState<CarryOpened | Extract<Ended, { kind: 'failed' }>>();
  return {
    found,
    way,
    async compare(next) {
      const carryId = (latest.current = crypto.randomUUID());
      setWay(next);
      setFound(undefined);
      const reply = await ask('carry.open', { carryId, from: next.from }, next.to);
      if (latest.current === carryId) setFound(orFailed(reply));
    },
    forget() {
      latest.current = '';
      setWay(null);
      setFound(undefined);
    },
  };
}

/** The plan for what was chosen, and its way to the end. What ends after the dialog was closed is said by a toast. */
export function useCarry(
  carryId: string,
  { from, to }: Way,
  chosen: readonly string[],
): { state: CarryState; apply(): Promise<void>; stop(): void } {
  const { ask, toast, toldBatches } = usePage();
  const [state, setState] = useState<CarryState>({ kind: 'planning' });
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    toldBatches.add(carryId);
    const show = (planned: CarryPlanned | Extract<Ended, { kind: 'failed' }>): void =>
      setState(
        planned.kind === 'plan'
          ? { kind: 'plan', plan: planned.plan, replanned: false }
          : { kind: 'ended', end: planned },
      );
    void ask('carry.plan', { from, chosen: [...chosen] }, to).then((reply) => {
      if (here.current) show(orFailed(reply));
    });
    return () => {
      here.current = false;
      toldBatches.delete(carryId);
    };
  }, [ask, toldBatches, carryId, from, to, chosen]);
  return {
    state,
    async apply() {
      if (state.kind !== 'plan') return;
      setState({ kind: 'writing' });
      const { hash } = state.plan;
      const end = orFailed(await ask('carry.apply', { carryId, from, chosen: [...chosen], hash }, to));
      if (here.current)
        setState(
          end.kind === 'replan' ? { kind: 'plan', plan: end.plan, replanned: true } : { kind: 'ended', end },
        );
      else if (end.kind === 'replan') toast.failure('', { code: 'list-changed' });
      else if (end.kind === 'unread') toast.failure('', end.failure);
    },
    stop: () => void ask('work.stop', { workId: carryId }, to),
  };
}
