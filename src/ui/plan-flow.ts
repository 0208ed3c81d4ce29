import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../contract/client';
import type { MessageInput } from '../contract/messages';
import type { Failure } from '../core/failure';
import { ok, type Result } from '../core/result';

/** An open dialog. `S` is what it was opened with, `O` what was read, `D` what the user sets, `P` the plan of it. */
export interface OpenPlan<S, O, D, P> {
  kind: 'open';
  start: S;
  opened: O;
  draft: D;
  /** Fits the draft unless the phase is `planning`. */
  planned: P;
  phase: 'ready' | 'planning' | 'applying' | 'done';
  /** Nothing was written, because the list had changed: this is the new plan. */
  replanned: boolean;
  /** Why the plan was not carried out. */
  failure: Failure | null;
}

export type PlanState<S, O, D, P> =
  | { kind: 'closed' }
  | { kind: 'opening'; start: S }
  /** `draft` is kept for another try, if there was one. */
  | { kind: 'failed'; start: S; failure: Failure; draft?: D }
  | OpenPlan<S, O, D, P>;

/** What a dialog starts from. */
export interface Opened<O, D, P> {
  opened: O;
  draft: D;
  planned: P;
  /** `plan`: the plan is not that of the draft. `apply`: nobody needs to see it. */
  next?: 'plan' | 'apply';
}

export type PlanEnd<P> =
  | { kind: 'done' }
  | { kind: 'replan'; planned: P }
  /** `refused` leaves the dialog as it is, with the reason; `failed` puts the reason in its place. */
  | { kind: 'refused' | 'failed'; failure: Failure };

export interface PlanSteps<S, O, D, P> {
  /** Names the dialog's entry in the worker. */
  dialog(start: S): MessageInput<'plan.close'>;
  /** What opening may be stopped by, where it takes long. */
  workId?(start: S): string;
  open(start: S): Promise<Result<Opened<O, D, P>>>;
  plan(state: OpenPlan<S, O, D, P>): Promise<Result<P>>;
  /** The hash that an order names its plan by; undefined: there is nothing to carry out. */
  hashOf(planned: P): string | undefined;
  /** `here`: whether the dialog that sent the order is still open; if not, the end must be said elsewhere. */
  apply(state: OpenPlan<S, O, D, P>, hash: string, here: () => boolean): Promise<PlanEnd<P>>;
  /** Editing is planned when it pauses this long; 0: at once. */
  pauseMs: number;
}

export interface PlanFlow<S, O, D, P> extends StoreApi<PlanState<S, O, D, P>> {
  open(start: S): Promise<void>;
  /** Changes what the user sets, and with it what was read, if that is another now. */
  edit(draft: D, opened?: O): void;
  /** Carries out the plan of the draft on screen; does nothing while there is none. */
  apply(): Promise<void>;
  /** Ends what is being read for the dialog. Never stops a write. */
  close(): void;
}

/**
 * The flow of every dialog with a plan: open, edit, plan, apply by hash, then replan or fail.
 * A reply counts only if nothing newer was asked for and the dialog was not closed while it was on its way (`latest`).
 */
export function createPlanFlow<S, O, D, P>(ask: Client, steps: PlanSteps<S, O, D, P>): PlanFlow<S, O, D, P> {
  type State = PlanState<S, O, D, P>;
  const store = createStore<State>(() => ({ kind: 'closed' }));
  const set = (state: State): void => store.setState(state, true);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  /** Makes every reply that is on its way a late one. */
  const supersede = (): number => {
    clearTimeout(timer);
    return ++turn;
  };
  const latest = async <T>(
    asked: (here: () => boolean) => Promise<T>,
  ): Promise<{ reply: T; late: boolean }> => {
    const mine = supersede();
    const here = (): boolean => mine === turn;
    const reply = await asked(here);
    return { reply, late: !here() };
  };

  const plan = async (): Promise<void> => {
    const state = store.getState();
    if (state.kind !== 'open') return;
    const { reply, late } = await latest(() => steps.plan(state));
    if (late) return;
    const { start, draft } = state;
    if (!reply.ok) return set({ kind: 'failed', start, failure: reply.failure, draft });
    set({ ...state, planned: reply.value, phase: 'ready' });
  };
  const planSoon = (): void => {
    supersede();
    if (steps.pauseMs > 0) timer = setTimeout(() => void plan(), steps.pauseMs);
    else void plan();
  };

  const apply = async (state: OpenPlan<S, O, D, P>): Promise<void> => {
    const hash = steps.hashOf(state.planned);
    if (hash === undefined) return;
    const { reply, late } = await latest((here) => {
      set({ ...state, phase: 'applying', failure: null });
      return steps.apply(state, hash, here);
    });
    if (!late) conclude(state, reply);
  };
  /** Editing goes on while the order is under way: its end then says nothing about what is set by now. */
  const conclude = ({ draft, opened }: OpenPlan<S, O, D, P>, end: PlanEnd<P>): void => {
    const now = store.getState();
    if (now.kind !== 'open') return;
    if (end.kind === 'done') return set({ ...now, phase: 'done' });
    if (end.kind === 'failed')
      return set({ kind: 'failed', start: now.start, failure: end.failure, draft: now.draft });
    const edited = now.draft !== draft || now.opened !== opened;
    set({
      ...now,
      phase: edited ? 'planning' : 'ready',
      ...(end.kind === 'replan' ? { planned: end.planned, replanned: true } : { failure: end.failure }),
    });
    if (edited) planSoon();
  };

  /** The worker need not keep what the dialog rested on. */
  const leave = (state: State, next?: S): void => {
    if (state.kind === 'closed' || (state.kind === 'open' && state.phase === 'done')) return;
    const dialog = steps.dialog(state.start);
    if (next !== undefined && steps.dialog(next).id === dialog.id) return;
    const workId = steps.workId?.(state.start);
    const writes = state.kind === 'open' && state.phase === 'applying';
    if (workId !== undefined && !writes) void ask('work.stop', { workId });
    void ask('plan.close', dialog);
  };

  return Object.assign(store, {
    async open(start: S) {
      const { reply, late } = await latest(() => {
        leave(store.getState(), start);
        set({ kind: 'opening', start });
        return steps.open(start);
      });
      if (late) return;
      if (!reply.ok) return set({ kind: 'failed', start, failure: reply.failure });
      const { next, ...opened } = reply.value;
      const state = { kind: 'open', start, ...opened, replanned: false, failure: null } as const;
      if (next === 'apply') return apply({ ...state, phase: 'ready' });
      set({ ...state, phase: next === 'plan' ? 'planning' : 'ready' });
      if (next === 'plan') await plan();
    },
    edit(draft: D, opened?: O) {
      const state = store.getState();
      if (state.kind !== 'open' || state.phase === 'done') return;
      const edited = { ...state, draft, opened: opened ?? state.opened, replanned: false, failure: null };
      if (state.phase === 'applying') return set(edited);
      set({ ...edited, phase: 'planning' });
      planSoon();
    },
    async apply() {
      const state = store.getState();
      if (state.kind === 'open' && state.phase === 'ready') await apply(state);
    },
    close() {
      const state = store.getState();
      if (state.kind === 'closed') return;
      supersede();
      leave(state);
      set({ kind: 'closed' });
    },
  });
}

/** What the user has set so far, also in a dialog whose plan could not be had. */
export const draftOf = <S, O, D, P>(state: PlanState<S, O, D, P>): D | undefined =>
  'draft' in state ? state.draft : undefined;

/** A plan that could not be had, shown in the place of the plan. */
export const orFailed = <P>(
  reply: Result<P | { kind: 'failed'; failure: Failure }>,
): Result<P | { kind: 'failed'; failure: Failure }> =>
  reply.ok ? reply : ok({ kind: 'failed', failure: reply.failure });
