import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DIALOGS, fitting, slowWorker, type Dialog, type DialogKind, type SlowWorker } from './plan-dialogs';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const flush = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
/** Longer than any dialog waits for the next key press. */
const pause = (): Promise<unknown> => vi.advanceTimersByTimeAsync(200);

interface Scene {
  kind: DialogKind;
  worker: SlowWorker;
  dialog: Dialog;
}

function scene(kind: DialogKind): Scene {
  const worker = slowWorker();
  return { kind, worker, dialog: kind.make(worker.ask) };
}

async function opened(kind: DialogKind): Promise<Scene> {
  const made = scene(kind);
  made.dialog.open();
  made.worker.waiting(kind.open)[0]?.answer(kind.opened);
  await flush();
  expect(made.dialog.shown()).toEqual({ kind: 'open', ready: true, draft: '', plan: fitting('') });
  return made;
}

async function edited(made: Scene, ...drafts: string[]): Promise<void> {
  for (const draft of drafts) {
    made.dialog.edit(draft);
    await pause();
  }
}

/** Answers the plan that was asked for a draft. */
async function answerPlan({ worker, kind }: Scene, draft: string): Promise<void> {
  const asked = worker.waiting(kind.plan).find(({ input }) => kind.draftIn(input) === draft);
  if (!asked) throw new Error(`no plan was asked for “${draft}”`);
  asked.answer(kind.planOf(draft));
  await flush();
}

const orders = ({ worker, kind }: Scene): string[][] =>
  worker.asked
    .filter(({ name }) => name === kind.apply)
    .map(({ input }) => [kind.draftIn(input), kind.hashIn(input)]);

const closes = ({ worker }: Scene): unknown[] =>
  worker.asked.filter(({ name }) => name === 'plan.close').map(({ input }) => input);

describe.each(Object.entries(DIALOGS))('the dialog %s', (_name, kind) => {
  test('shows the plan of the last edit, whichever plan comes last', async () => {
    const made = await opened(kind);
    await edited(made, 'a', 'b');
    await answerPlan(made, 'b');
    expect(made.dialog.shown()).toEqual({ kind: 'open', ready: true, draft: 'b', plan: fitting('b') });
    await answerPlan(made, 'a');
    expect(made.dialog.shown()).toEqual({ kind: 'open', ready: true, draft: 'b', plan: fitting('b') });
  });

  test('does not take a plan for that of an edit that came after it was asked for', async () => {
    const made = await opened(kind);
    await edited(made, 'a');
    made.dialog.edit('b');
    await answerPlan(made, 'a');
    expect(made.dialog.shown()).toMatchObject({ ready: false, draft: 'b' });
    made.dialog.apply();
    expect(orders(made)).toEqual([]);
    await pause();
    await answerPlan(made, 'b');
    made.dialog.apply();
    expect(orders(made)).toEqual([['b', fitting('b')]]);
  });

  test('sends one order, however often it is asked for', async () => {
    const made = await opened(kind);
    await edited(made, 'a');
    await answerPlan(made, 'a');
    made.dialog.apply();
    made.dialog.apply();
    await flush();
    made.dialog.apply();
    expect(orders(made)).toEqual([['a', fitting('a')]]);
  });

  test('sends no second order while one is under way, and takes its new plan for that of no edit that came meanwhile', async () => {
    const made = await opened(kind);
    await edited(made, 'a');
    await answerPlan(made, 'a');
    made.dialog.apply();
    await edited(made, 'b');
    for (const { input, answer } of made.worker.waiting(kind.plan)) answer(kind.planOf(kind.draftIn(input)));
    await flush();
    made.dialog.apply();
    expect(orders(made)).toHaveLength(1);
    made.worker.waiting(kind.apply)[0]?.answer(kind.replanOf('a'));
    await flush();
    const { ready, draft } = made.dialog.shown();
    expect(ready).toBe(draft === 'a');
    made.dialog.apply();
    await pause();
    for (const [of, hash] of orders(made)) expect(hash).toBe(fitting(of ?? ''));
  });

  test('stays closed when a plan, an order or its opening is answered late', async () => {
    const made = await opened(kind);
    await edited(made, 'a');
    made.dialog.close();
    await answerPlan(made, 'a');
    expect(made.dialog.shown()).toMatchObject({ kind: 'closed' });
    made.dialog.open();
    made.dialog.close();
    made.worker.waiting(kind.open)[0]?.answer(kind.opened);
    await flush();
    expect(made.dialog.shown()).toMatchObject({ kind: 'closed' });
  });

  test('that was opened again is not opened by the answer to the first time', async () => {
    const made = scene(kind);
    made.dialog.open();
    made.dialog.close();
    made.dialog.open();
    const [first, second] = made.worker.waiting(kind.open);
    first?.refuse();
    await flush();
    expect(made.dialog.shown()).toMatchObject({ kind: 'opening' });
    second?.answer(kind.opened);
    await flush();
    expect(made.dialog.shown()).toMatchObject({ kind: 'open', ready: true });
  });

  test('plans nothing after it was closed in the middle of typing', async () => {
    const made = await opened(kind);
    await edited(made, 'a');
    await answerPlan(made, 'a');
    const before = made.worker.waiting(kind.plan).length;
    made.dialog.edit('b');
    const asked = made.worker.waiting(kind.plan).length;
    made.dialog.close();
    await pause();
    expect(made.worker.waiting(kind.plan).length).toBe(asked);
    expect(asked - before).toBeLessThanOrEqual(1);
    expect(made.dialog.shown()).toMatchObject({ kind: 'closed' });
  });

  test('tells the worker when it is closed, once, and not when its order was carried out', async () => {
    const made = await opened(kind);
    made.dialog.close();
    made.dialog.close();
    expect(closes(made)).toHaveLength(1);
    made.dialog.open();
    made.worker.waiting(kind.open)[0]?.answer(kind.opened);
    await flush();
    await edited(made, 'a');
    await answerPlan(made, 'a');
    made.dialog.apply();
    made.worker.waiting(kind.apply)[0]?.answer(kind.done);
    await flush();
    made.dialog.close();
    expect(closes(made)).toHaveLength(1);
  });

  test('never shows a plan as that of other options, and never sends one with them, whatever comes when', async () => {
    const action = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'c').map((draft) => `edit ${draft}`) },
      { weight: 6, arbitrary: fc.constantFrom('pause', 'apply', 'answer first', 'answer last', 'replan') },
      { weight: 1, arbitrary: fc.constantFrom('close', 'open', 'refuse', 'done') },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (actions) => {
        const made = await opened(kind);
        for (const one of actions) {
          await act(made, one);
          const { kind: state, ready, draft, plan } = made.dialog.shown();
          if (state === 'open' && ready && plan !== '') expect(plan).toBe(fitting(draft));
          for (const [of = '', hash] of orders(made)) expect(hash).toBe(fitting(of));
        }
      }),
      { numRuns: 300 },
    );
  });
});

async function act({ kind, worker, dialog }: Scene, action: string): Promise<void> {
  const plans = worker.waiting(kind.plan);
  const sent = worker.waiting(kind.apply)[0];
  const [name, draft = ''] = action.split(' ');
  if (name === 'edit') dialog.edit(draft);
  if (name === 'apply') dialog.apply();
  if (name === 'close') dialog.close();
  if (name === 'open') dialog.open();
  if (name === 'pause') await pause();
  if (name === 'answer') {
    const plan = draft === 'first' ? plans[0] : plans.at(-1);
    plan?.answer(kind.planOf(kind.draftIn(plan.input)));
    worker.waiting(kind.open)[0]?.answer(kind.opened);
  }
  if (name === 'replan') sent?.answer(kind.replanOf(kind.draftIn(sent.input)));
  if (name === 'done') sent?.answer(kind.done);
  if (name === 'refuse') (sent ?? plans[0])?.refuse();
  await flush();
}
