import { useState } from 'react';
import { useTranslation } from '../use-translation';
import type { Client } from '../../contract/client';
import type {
  ExportItem,
  ExportOptions,
  ExportOutcome,
  ExportResult,
  ExportView,
} from '../../core/channels/view';
import { ok } from '../../core/failures/result';
import type { NewApiShort } from '../../core/view/view';
import { usePage } from '../page-context';
import { createPlanFlow, draftOf, type PlanFlow, type PlanState } from '../plan-flow';
import { usePlanFlow } from '../use-plan-flow';
import { useProgress } from '../use-work';

/** What an export is opened with; the id is new each time. */
interface Keys {
  exportId: string;
  keyIds: readonly string[];
  options: ExportOptions;
}
type ExportState = PlanState<Keys, null, ExportOptions, ExportView>;

/** The last result of one key. */
export interface Exported {
  item: ExportItem;
  result: ExportResult;
}

export interface ExportControl {
  state: ExportState;
  /** The part of the dialog that is shown. */
  stage: 'plan' | 'writing' | 'done';
  options: ExportOptions;
  /** In the order of the keys. */
  exported: Exported[];
  /** The number of keys that are written or given up. */
  done: number;
  stopping: boolean;
  edit(change: Partial<ExportOptions>): void;
  /** Reads everything again, for these keys or for all. */
  again(keyIds?: readonly string[]): void;
  apply(): Promise<void>;
  /** Stops the writing after the key that is under way. */
  stop(): void;
}

const DEFAULTS: ExportOptions = {
  groups: ['default'],
  priority: 0,
  weight: 0,
  tag: '',
  existing: 'pass-over',
};

const opening = (keyIds: readonly string[], options: ExportOptions): Keys => ({
  exportId: crypto.randomUUID(),
  keyIds,
  options,
});

/** `here` is false if the dialog was closed meanwhile. */
export function createExportFlow(
  ask: Client,
  newApiId: string,
  onEnd: (outcome: ExportOutcome, view: ExportView, here: boolean) => void,
): PlanFlow<Keys, null, ExportOptions, ExportView> {
  return createPlanFlow(ask, {
    dialog: ({ exportId }) => ({ dialog: 'channel-export', id: exportId }),
    workId: ({ exportId }) => exportId,
    async open({ keyIds, ...start }) {
      const view = await ask('channel-export.open', { ...start, newApiId, keyIds: [...keyIds] });
      return view.ok ? ok({ opened: null, draft: start.options, planned: view.value }) : view;
    },
    plan: ({ start: { exportId }, draft }) => ask('channel-export.plan', { exportId, options: draft }),
    hashOf: ({ hash }) => hash,
    async apply({ start: { exportId }, draft, planned }, hash, here) {
      const reply = await ask('channel-export.apply', { exportId, options: draft, hash });
      const outcome: ExportOutcome = reply.ok ? reply.value : { kind: 'failed', failure: reply.failure };
      onEnd(outcome, planned, here());
      return outcome.kind === 'replan' ? { kind: 'replan', planned: outcome.view } : outcome;
    },
    pauseMs: 120,
  });
}

/** The export behind an open dialog. */
export function useExport(newApi: NewApiShort, keyIds: readonly string[]): ExportControl {
  const { ask } = usePage();
  const sayEnd = useSayEnd(newApi.name);
  const [ends, setEnds] = useState<ReadonlyMap<string, Exported>>(new Map());
  const [stopped, setStopped] = useState('');
  const onEnd = (outcome: ExportOutcome, view: ExportView, here: boolean): void => {
    if (!here) sayEnd(outcome);
    else if (outcome.kind === 'done')
      setEnds((before) => new Map([...before, ...endsOf(view, outcome.results)]));
  };
  const [state, flow] = usePlanFlow(() => createExportFlow(ask, newApi.id, onEnd), opening(keyIds, DEFAULTS));
  const start = state.kind === 'closed' ? undefined : state.start;
  const options = draftOf(state) ?? start?.options ?? DEFAULTS;
  const exportId = start?.exportId ?? '';
  const stage = stageOf(state);
  const progress = useProgress(stage === 'writing' ? exportId : '');
  return {
    state,
    stage,
    options,
    exported: keyIds.flatMap((key) => ends.get(key) ?? []),
    done: progress?.done ?? 0,
    stopping: stopped === exportId,
    edit: (change) => flow.edit({ ...options, ...change }),
    again: (ids = keyIds) => void flow.open(opening(ids, options)),
    apply: flow.apply,
    stop() {
      setStopped(exportId);
      void ask('work.stop', { workId: exportId });
    },
  };
}

const stageOf = (state: ExportState): ExportControl['stage'] => {
  const phase = state.kind === 'open' ? state.phase : 'ready';
  return phase === 'applying' ? 'writing' : phase === 'done' ? 'done' : 'plan';
};

const endsOf = (view: ExportView, results: readonly ExportResult[]): [string, Exported][] =>
  results.flatMap((result): [string, Exported][] => {
    const item = view.items.find(({ keyId }) => keyId === result.keyId);
    return item ? [[result.keyId, { item, result }]] : [];
  });

/** A toast says how the export of a closed dialog ended; History has the rest. */
function useSayEnd(newApi: string): (outcome: ExportOutcome) => void {
  const { t } = useTranslation();
  const { toast } = usePage();
  return (outcome) => {
    if (outcome.kind === 'failed') return toast.failure('', outcome.failure);
    if (outcome.kind === 'replan') return toast.failure('', { code: 'list-changed' });
    const done = outcome.results.filter(({ kind }) => THERE.has(kind)).length;
    toast.plain(t('channelExport.ended', { done, count: outcome.results.length, newApi }));
  };
}

/** Results that mean that the New API has the key's channel. */
export const THERE: ReadonlySet<ExportResult['kind']> = new Set(['written', 'unchanged']);
