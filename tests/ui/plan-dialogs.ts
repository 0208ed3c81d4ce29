import { createStore } from 'zustand/vanilla';
import type { Client } from '../../src/contract/client';
import type { MessageInput, MessageName } from '../../src/contract/messages';
import type { ExportOptions, ExportView } from '../../src/core/channels/view';
import type { EntriesView, PlannedEdit } from '../../src/core/entries/view';
import { BATCH_DEFAULTS, type BatchView } from '../../src/core/batch/batch';
import { sumPlans } from '../../src/core/import/plan-sum';
import { fail, ok, type Result } from '../../src/core/failures/result';
import { createBatchFlow } from '../../src/ui/batch/use-batch';
import { createChannelFlow } from '../../src/ui/channel-import/use-channel-import';
import { createExportFlow } from '../../src/ui/channel-export/use-export';
import { createEditsFlow } from '../../src/ui/entries/use-edits-flow';
import { createEntryFlow } from '../../src/ui/entries/use-entry-edit';
import { createImportFlow } from '../../src/ui/import/flow';
import type { ImportState } from '../../src/ui/import-store';
import type { PlanFlow } from '../../src/ui/plan-flow';
import { channelPlan, draftOf, openedChannel, openedImport, planned, proved } from './samples';

/** What a dialog has on screen. The name of a draft is one text field of it; the name of a plan is its hash. */
export interface Shown {
  kind: 'closed' | 'opening' | 'failed' | 'open';
  /** The plan may be carried out. */
  ready: boolean;
  draft: string;
  /** '' for none. */
  plan: string;
}

export interface Dialog {
  open(): void;
  edit(draft: string): void;
  apply(): void;
  close(): void;
  shown(): Shown;
}

/** One of the six dialogs, and how the worker answers it. */
export interface DialogKind {
  open: MessageName;
  plan: MessageName;
  apply: MessageName;
  make(ask: Client): Dialog;
  /** The draft that a message is about. */
  draftIn(input: never): string;
  hashIn(input: never): string;
  /** A draft without a name, with its plan. */
  opened: unknown;
  planOf(draft: string): unknown;
  replanOf(draft: string): unknown;
  done: unknown;
}

/** The name of the plan that fits a draft. */
export const fitting = (draft: string): string => `plan of ${draft}`;

const nothing = (): undefined => undefined;
const closedOr = (kind: Shown['kind'], rest?: Omit<Shown, 'kind'>): Shown => ({
  kind,
  ...(rest ?? { ready: false, draft: '', plan: '' }),
});

/** A dialog whose flow is used as it is. */
function dialogOf<S, O, D, P>(
  flow: PlanFlow<S, O, D, P>,
  how: { start(): S; named(draft: D, name: string): D; draft(draft: D): string; plan(planned: P): string },
): Dialog {
  return {
    open: () => void flow.open(how.start()),
    edit(name) {
      const state = flow.getState();
      if (state.kind === 'open') flow.edit(how.named(state.draft, name));
    },
    apply: () => void flow.apply(),
    close: flow.close,
    shown() {
      const state = flow.getState();
      if (state.kind !== 'open') return closedOr(state.kind);
      const ready = state.phase === 'ready';
      return closedOr('open', { ready, draft: how.draft(state.draft), plan: how.plan(state.planned) });
    },
  };
}

const importKind: DialogKind = {
  open: 'import.open',
  plan: 'import.plan',
  apply: 'import.apply',
  make(ask) {
    const imports = createStore<ImportState>(() => ({ kind: 'closed' }));
    const flow = createImportFlow(ask, nothing, imports);
    return {
      open() {
        if (imports.getState().kind === 'opening') return;
        imports.setState({ kind: 'opening', keyId: 'k1', full: false }, true);
        void flow.open({ keyId: 'k1' });
      },
      edit(name) {
        const state = imports.getState();
        if (state.kind === 'open') flow.edit({ ...state.draft, providerName: name });
      },
      apply: () => void flow.apply(),
      close: flow.close,
      shown() {
        const state = imports.getState();
        if (state.kind === 'undo' || state.kind === 'entry' || state.kind === 'sent')
          return closedOr('closed');
        if (state.kind !== 'open') return closedOr(state.kind);
        const plan = state.planned.kind === 'plan' ? state.planned.plan.hash : '';
        return closedOr('open', { ready: !state.planning, draft: state.draft.providerName, plan });
      },
    };
  },
  draftIn: (input: MessageInput<'import.plan'>) => input.draft.providerName,
  hashIn: (input: MessageInput<'import.apply'>) => input.planHash,
  opened: openedImport({ draft: draftOf({ providerName: '' }), planned: planned({ hash: fitting('') }) }),
  planOf: (draft) => planned({ hash: fitting(draft) }),
  replanOf: (draft) => ({ kind: 'replan', planned: planned({ hash: fitting(draft) }) }),
  done: { kind: 'proved', card: proved() },
};

const batchView = (draft: string): BatchView => ({
  providers: [],
  skipped: [],
  pooled: { names: 0, others: [] },
  leftOut: 0,
  dropped: 0,
  beyond: { models: 0, names: [] },
  barred: [],
  sum: sumPlans([]),
  keys: 1,
  unchanged: false,
  hash: fitting(draft),
});

const batchKind: DialogKind = {
  open: 'batch.open',
  plan: 'batch.plan',
  apply: 'batch.apply',
  make: (ask) =>
    dialogOf(
      createBatchFlow(
        { ask, toast: { failure: nothing, plain: nothing } },
        { batchId: 'b', keyIds: ['k1'], onEnd: nothing },
      ),
      {
        start: () => BATCH_DEFAULTS,
        named: (draft, prefix) => ({ ...draft, prefix }),
        draft: ({ prefix }) => prefix,
        plan: ({ hash }) => hash,
      },
    ),
  draftIn: (input: MessageInput<'batch.plan'>) => input.options.prefix,
  hashIn: (input: MessageInput<'batch.apply'>) => input.hash,
  opened: batchView(''),
  planOf: batchView,
  replanOf: (draft) => ({ kind: 'replan', view: batchView(draft) }),
  done: { kind: 'done', served: 1, total: 1, importId: 'b1' },
};

const channelKind: DialogKind = {
  open: 'channel-import.open',
  plan: 'channel-import.plan',
  apply: 'channel-import.apply',
  make: (ask) =>
    dialogOf(
      createChannelFlow(ask, { newApiId: 'n1', keyId: 'k1' }, { onWritten: nothing, onMissed: nothing }),
      {
        start: () => null,
        named: (draft, name) => ({ ...draft, name }),
        draft: ({ name }) => name,
        plan: (found) => (found.kind === 'plan' ? found.plan.hash : ''),
      },
    ),
  draftIn: (input: MessageInput<'channel-import.plan'>) => input.draft.name,
  hashIn: (input: MessageInput<'channel-import.apply'>) => input.planHash,
  opened: openedChannel({
    draft: { ...openedChannel().draft, name: '' },
    planned: channelPlan({ hash: fitting('') }),
  }),
  planOf: (draft) => channelPlan({ hash: fitting(draft) }),
  replanOf: (draft) => ({ kind: 'replan', planned: channelPlan({ hash: fitting(draft) }) }),
  done: { kind: 'unchanged', channelId: 1 },
};

const EXPORT: ExportOptions = { groups: [], priority: 0, weight: 0, tag: '', existing: 'pass-over' };
const exportView = (draft: string): ExportView => ({
  exportId: 'e',
  newApiId: 'n1',
  items: [],
  groups: [],
  hash: fitting(draft),
});

function exportDialog(ask: Client): Dialog {
  let opened = 0;
  return dialogOf(createExportFlow(ask, 'n1', nothing), {
    start: () => ({ exportId: `e${++opened}`, keyIds: ['k1'], options: EXPORT }),
    named: (draft, tag) => ({ ...draft, tag }),
    draft: ({ tag }) => tag,
    plan: ({ hash }) => hash,
  });
}

const exportKind: DialogKind = {
  open: 'channel-export.open',
  plan: 'channel-export.plan',
  apply: 'channel-export.apply',
  make: exportDialog,
  draftIn: (input: MessageInput<'channel-export.plan'>) => input.options.tag,
  hashIn: (input: MessageInput<'channel-export.apply'>) => input.hash,
  opened: exportView(''),
  planOf: exportView,
  replanOf: (draft) => ({ kind: 'replan', view: exportView(draft) }),
  done: { kind: 'done', results: [] },
};

const editPlan = (draft: string): PlannedEdit => ({
  kind: 'plan',
  changes: [],
  renamed: false,
  hash: fitting(draft),
});

const entryKind: DialogKind = {
  open: 'entry.open',
  plan: 'entry.plan',
  apply: 'entry.apply',
  make: (ask) =>
    dialogOf(
      createEntryFlow(
        { ask, order: ask, toast: { failure: nothing, plain: nothing } },
        {
          keyId: 'k1',
          open: () => ask('entry.open', { keyId: 'k1' }),
          onChanged: nothing,
          onDone: nothing,
        },
      ),
      {
        start: () => null,
        named: (draft, name) => ({ ...draft, edit: { name } }),
        draft: ({ edit }) => edit.name ?? '',
        plan: (found) => (found.kind === 'plan' ? found.hash : found.kind === 'nothing' ? fitting('') : ''),
      },
    ),
  draftIn: (input: MessageInput<'entry.plan'>) => input.edit.name ?? '',
  hashIn: (input: MessageInput<'entry.apply'>) => input.hash,
  opened: { entry: { family: 'openai-compatibility', id: 'h', index: 0, keys: [] }, keyIndex: 0 },
  planOf: editPlan,
  // An entry that somebody changed is not planned anew: the dialog says so.
  replanOf: () => ({ kind: 'changed' }),
  done: { kind: 'done' },
};

const editsView = (draft: string): EntriesView => ({
  entries: [
    {
      list: 'openai-compatibility',
      index: 0,
      label: 'mine',
      baseUrl: '',
      goes: null,
      changes: [],
      others: 0,
    },
  ],
  leftOut: [],
  unchanged: 0,
  rest: 0,
  hash: fitting(draft),
});

const editsKind: DialogKind = {
  open: 'entries.open',
  plan: 'entries.plan',
  apply: 'entries.apply',
  make: (ask) =>
    dialogOf(
      createEditsFlow(
        { ask, order: ask, toast: { failure: nothing, plain: nothing } },
        { editId: 'e', name: 'prefix', keyIds: ['k1'], entries: [], onDone: nothing },
      ),
      {
        start: () => ({ text: '', emptied: false }),
        named: (draft, text) => ({ ...draft, text }),
        draft: ({ text }) => text,
        plan: ({ hash }) => hash,
      },
    ),
  draftIn: (input: MessageInput<'entries.plan'>) => input.order.edit.prefix ?? '',
  hashIn: (input: MessageInput<'entries.apply'>) => input.hash,
  opened: editsView(''),
  planOf: editsView,
  replanOf: (draft) => ({ kind: 'replan', view: editsView(draft) }),
  done: { kind: 'done' },
};

export const DIALOGS: Record<string, DialogKind> = {
  'of an import': importKind,
  'of a batch': batchKind,
  'of an import as a channel': channelKind,
  'of an export': exportKind,
  'of an entry': entryKind,
  'of many entries': editsKind,
};

/** A worker that answers when it is told to, in any order. */
export interface SlowWorker {
  ask: Client;
  /** All messages so far. */
  asked: { name: MessageName; input: never }[];
  /** Messages of a name that wait for an answer, oldest first. */
  waiting(name: MessageName): { input: never; answer(value: unknown): void; refuse(): void }[];
}

export function slowWorker(): SlowWorker {
  const asked: (SlowWorker['asked'][number] & { answer?: ((reply: Result<unknown>) => void) | undefined })[] =
    [];
  const ask = (name: MessageName, input: unknown): Promise<unknown> => {
    if (name === 'plan.close' || name === 'work.stop') {
      asked.push({ name, input: input as never });
      return Promise.resolve(ok(true));
    }
    return new Promise((resolve) => asked.push({ name, input: input as never, answer: resolve }));
  };
  return {
    ask: ask as Client,
    asked,
    waiting: (name) =>
      asked.flatMap((one) => {
        const { answer } = one;
        if (one.name !== name || !answer) return [];
        const reply = (result: Result<unknown>): void => {
          one.answer = undefined;
          answer(result);
        };
        return [
          {
            input: one.input,
            answer: (value: unknown) => reply(ok(value)),
            refuse: () => reply(fail({ code: 'worker-gone' })),
          },
        ];
      }),
  };
}
