import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../contract/client';
import type { MessageInput } from '../contract/messages';
import type { Failure } from '../core/failures/failure';
import { ok, type Result } from '../core/failures/result';

/** An open dialog. `S`: what it was opened with; `O`: what was read; `D`: what the user sets; `P`: the plan of that. */
export interface OpenPlan<S, O, D, P> {
  kind: 'open';
  start: S;
  opened: O;
  draft: D;
  /** The plan of the draft, unless the phase is `planning` or the draft was edited since the order. */
  planned: P;
  phase: 'ready' | 'planning' | 'applying' | 'done';
  /** The list had changed, so that nothing was written: this is the new plan. */
  replanned: boolean;
  /** Why the plan was not carried out. */
  failure: Failure | null;
}

export type PlanState<S, O, D, P> =
  | { kind: 'closed' }
  | { kind: 'opening'; start: S }
  /** `draft`: kept for another try. */
  | { kind: 'failed'; start: S; failure: Failure; draft?: D }
  | OpenPlan<S, O, D, P>;

/** The state in which a dialog opens. */
export interface Opened<O, D, P> {
  opened: O;
  draft: D;
  planned: P;
  /** `plan`: the draft needs a plan of its own. `apply`: nobody needs to see the plan. */
  next?: 'plan' | 'apply';
}

export type PlanEnd<P> =
  | { kind: 'done' }
  | { kind: 'replan'; planned: P }
  /** `refused` adds the reason to the dialog; `failed` replaces the plan by it. */
  | { kind: 'refused' | 'failed'; failure: Failure };

export interface PlanSteps<S, O, D, P> {
  /** Names the dialog's entry in the worker. */
  dialog(start: S): MessageInput<'plan.close'>;
  /** The id of the work that opens the dialog, if it takes long. */
  workId?(start: S): string;
  open(start: S): Promise<Result<Opened<O, D, P>>>;
  plan(state: OpenPlan<S, O, D, P>): Promise<Result<P>>;
  /** The hash by which an order names the plan; undefined: there is nothing to carry out. */
  hashOf(planned: P): string | undefined;
  /** `here` is false if the dialog was closed meanwhile: the end must then be said elsewhere. */
  apply(state: OpenPlan<S, O, D, P>, hash: string, here: () => boolean): Promise<PlanEnd<P>>;
  /** An edit is planned when no other follows for so many milliseconds; 0: at once. */
  pauseMs: number;
}

export interface PlanFlow<S, O, D, P> extends StoreApi<PlanState<S, O, D, P>> {
  open(start: S): Promise<void>;
  /** Changes what the user sets and, with `opened`, what was read. */
  edit(draft: D, opened?: O): void;
  /** Carries out the plan of the draft on screen. Does nothing while there is no such plan. */
  apply(): Promise<void>;
  /** Stops the reading for the dialog. Never stops a write. */
  close(): void;
}

/**
 * The flow of every dialog with a plan: open, edit, plan, apply by hash, then replan or fail.
 * A reply counts only if nothing newer was asked for, and the dialog was not closed, while it was on its way (`latest`).
 */
export function createPlanFlow<S, O, D, P>(ask: Client, steps: PlanSteps<S, O, D, P>): PlanFlow<S, O, D, P> {
  const store = createStore<PlanState<S, O, D, P>>(() => ({ kind: 'closed' }));
  const set = (state: PlanState<S, O, D, P>): void => store.setState(state, true);
  const { latest, supersede, after } = createGuard();

  const plan = async (): Promise<void> => {
    const state = store.getState();
    if (state.kind !== 'open') return;
    const { reply, late } = await latest(() => steps.plan(state));
    if (late) return;
    const { start, draft } = state;
    if (!reply.ok) return set({ kind: 'failed', start, failure: reply.failure, draft });
    set({ ...state, planned: reply.value, phase: 'ready' });
  };

  const apply = async (state: OpenPlan<S, O, D, P>): Promise<void> => {
    const hash = steps.hashOf(state.planned);
    if (hash === undefined) return;
    const { reply, late } = await latest((here) => {
      set({ ...state, phase: 'applying', failure: null });
      return steps.apply(state, hash, here);
    });
    const now = store.getState();
    if (late || now.kind !== 'open') return;
    const next = afterOrder(now, state, reply);
    set(next);
    if (next.kind === 'open' && next.phase === 'planning') after(steps.pauseMs, plan);
  };

  return Object.assign(store, {
    async open(start: S) {
      const { reply, late } = await latest(() => {
        leave(ask, steps, store.getState(), start);
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
      // Planned when the order has ended: until then there is nothing to apply.
      if (state.phase === 'applying') return set(edited);
      set({ ...edited, phase: 'planning' });
      after(steps.pauseMs, plan);
    },
    async apply() {
      const state = store.getState();
      if (state.kind === 'open' && state.phase === 'ready') await apply(state);
    },
    close() {
      const state = store.getState();
      if (state.kind === 'closed') return;
      supersede();
      leave(ask, steps, state);
      set({ kind: 'closed' });
    },
  });
}

interface Guard {
  /** Awaits a reply and says whether it came too late; so does `here` before that. */
  latest<T>(asked: (here: () => boolean) => Promise<T>): Promise<{ reply: T; late: boolean }>;
  /** Makes every reply that is on its way a late one. */
  supersede(): void;
  /** Supersedes, and runs `work` once nothing has superseded it for `ms`. */
  after(ms: number, work: () => Promise<void>): void;
}

function createGuard(): Guard {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;
  const supersede = (): void => {
    clearTimeout(timer);
    turn++;
  };
  return {
    supersede,
    async latest(asked) {
      supersede();
      const mine = turn;
      const here = (): boolean => mine === turn;
      const reply = await asked(here);
      return { reply, late: !here() };
    },
    after(ms, work) {
      supersede();
      if (ms > 0) timer = setTimeout(() => void work(), ms);
      else void work();
    },
  };
}

/** The draft may be edited while an order is under way: its new plan then does not fit. */
function afterOrder<S, O, D, P>(
  now: OpenPlan<S, O, D, P>,
  sent: OpenPlan<S, O, D, P>,
  end: PlanEnd<P>,
): PlanState<S, O, D, P> {
  const { start, draft } = now;
  if (end.kind === 'done') return { ...now, phase: 'done' };
  if (end.kind === 'failed') return { kind: 'failed', start, failure: end.failure, draft };
  const phase = draft === sent.draft && now.opened === sent.opened ? 'ready' : 'planning';
  return end.kind === 'replan'
    ? { ...now, phase, planned: end.planned, replanned: true }
    : { ...now, phase, failure: end.failure };
}

/** Tells the worker that a dialog is gone, unless the dialog that opens is the same one. */
function leave<S, O, D, P>(
  ask: Client,
  steps: PlanSteps<S, O, D, P>,
  state: PlanState<S, O, D, P>,
  next?: S,
): void {
  const phase = state.kind === 'open' && state.phase;
  if (state.kind === 'closed' || phase === 'done') return;
  const dialog = steps.dialog(state.start);
  if (next !== undefined && steps.dialog(next).id === dialog.id) return;
  const workId = steps.workId?.(state.start);
  if (workId !== undefined && phase !== 'applying') void ask('work.stop', { workId });
  void ask('plan.close', dialog);
}

/** What the user has set so far, even if the plan failed. */
export const draftOf = <S, O, D, P>(state: PlanState<S, O, D, P>): D | undefined =>
  'draft' in state ? state.draft : undefined;

/** Puts the failure of a plan in the place of the plan. */
export const orFailed = <P>(
  reply: Result<P | { kind: 'failed'; failure: Failure }>,
): Result<P | { kind: 'failed'; failure: Failure }> =>
  reply.ok ? reply : ok({ kind: 'failed', failure: reply.failure });
