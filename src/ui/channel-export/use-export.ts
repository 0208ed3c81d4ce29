import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  ExportItem,
  ExportOptions,
  ExportOutcome,
  ExportResult,
  ExportView,
} from '../../core/channels/view';
import type { Failure } from '../../core/failure';
import type { Result } from '../../core/result';
import type { NewApiShort } from '../../core/view/view';
import { usePage } from '../page-context';
import { useMounted } from '../use-mounted';

export type ExportState =
  | { kind: 'opening' }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'open'; view: ExportView; planning: boolean; replanned: boolean }
  | { kind: 'writing'; view: ExportView; done: number; stopping: boolean }
  | { kind: 'done' };

/** How one key came out; what was tried again stands here with its last end. */
export interface Exported {
  item: ExportItem;
  result: ExportResult;
}

export interface ExportControl {
  state: ExportState;
  options: ExportOptions;
  /** In the order of the keys. */
  exported: Exported[];
  edit(change: Partial<ExportOptions>): void;
  /** Asks everything anew, for these keys or for all. */
  again(keyIds?: readonly string[]): void;
  apply(): Promise<void>;
  /** Ends the writing: what was not begun is not tried. */
  stop(): void;
}

const DEFAULTS: ExportOptions = {
  groups: ['default'],
  priority: 0,
  weight: 0,
  tag: '',
  existing: 'pass-over',
};
const PAUSE_MS = 200;
const LOOK_MS = 400;

const stateOf = (reply: Result<ExportView>): ExportState =>
  reply.ok
    ? { kind: 'open', view: reply.value, planning: false, replanned: false }
    : { kind: 'failed', failure: reply.failure };

/** Many keys on their way to channels of one New API, behind an open dialog. */
export function useExport(newApi: NewApiShort, keyIds: readonly string[]): ExportControl {
  const { ask } = usePage();
  const here = useMounted();
  const sayEnd = useSayEnd(newApi.name);
  const [state, setState] = useState<ExportState>({ kind: 'opening' });
  const [options, setOptions] = useState(DEFAULTS);
  const [ends, setEnds] = useState<ReadonlyMap<string, Exported>>(new Map());
  const newApiId = newApi.id;
  const id = useRef('');
  const turn = useRef(0);
  const opening = useRef(false);
  const open = useCallback(
    async (ids: readonly string[], chosen: ExportOptions) => {
      const mine = ++turn.current;
      opening.current = true;
      id.current = crypto.randomUUID();
      const order = { newApiId, exportId: id.current, keyIds: [...ids], options: chosen };
      const opened = stateOf(await ask('channel-export.open', order));
      if (turn.current !== mine) return;
      opening.current = false;
      setState(opened);
    },
    [ask, newApiId],
  );
  // Whoever closes the dialog before there is a plan wants the relays to be asked no further; a write goes on.
  const giveUp = useCallback(() => {
    turn.current++;
    if (opening.current) void ask('channels.stop', { workId: id.current });
  }, [ask]);
  useEffect(() => {
    void open(keyIds, DEFAULTS);
    return giveUp;
  }, [open, giveUp, keyIds]);
  useProgress(state, id, setState);

  return {
    state,
    options,
    exported: keyIds.flatMap((key) => ends.get(key) ?? []),
    edit(change) {
      const next = { ...options, ...change };
      setOptions(next);
      if (state.kind !== 'open') return;
      const mine = ++turn.current;
      setState({ ...state, planning: true });
      setTimeout(() => {
        if (turn.current !== mine) return;
        void ask('channel-export.plan', { exportId: id.current, options: next }).then(
          (reply) => turn.current === mine && setState(stateOf(reply)),
        );
      }, PAUSE_MS);
    },
    again(ids = keyIds) {
      setState({ kind: 'opening' });
      void open(ids, options);
    },
    async apply() {
      if (state.kind !== 'open') return;
      const { view } = state;
      setState({ kind: 'writing', view, done: 0, stopping: false });
      const reply = await ask('channel-export.apply', { exportId: id.current, options, hash: view.hash });
      const outcome: ExportOutcome = reply.ok ? reply.value : { kind: 'failed', failure: reply.failure };
      if (!here.current) return sayEnd(outcome);
      if (outcome.kind === 'failed') return setState(outcome);
      if (outcome.kind === 'replan')
        return setState({ kind: 'open', view: outcome.view, planning: false, replanned: true });
      setEnds((before) => new Map([...before, ...endsOf(view, outcome.results)]));
      setState({ kind: 'done' });
    },
    stop() {
      if (state.kind !== 'writing') return;
      setState({ ...state, stopping: true });
      void ask('channels.stop', { workId: id.current });
    },
  };
}

const endsOf = (view: ExportView, results: readonly ExportResult[]): [string, Exported][] =>
  results.flatMap((result): [string, Exported][] => {
    const item = view.items.find(({ keyId }) => keyId === result.keyId);
    return item ? [[result.keyId, { item, result }]] : [];
  });

/** Says by a toast how an export ended whose dialog is closed; History has the rest. */
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

/** Ends in which the key's channel stands at the New API. */
export const THERE: ReadonlySet<ExportResult['kind']> = new Set(['written', 'unchanged']);

/** Looks how far the writing is, as long as it goes on. */
function useProgress(
  { kind }: ExportState,
  id: { current: string },
  setState: (change: (now: ExportState) => ExportState) => void,
): void {
  const { ask } = usePage();
  useEffect(() => {
    if (kind !== 'writing') return;
    const look = setInterval(() => {
      void ask('channels.progress', { workId: id.current }).then((reply) => {
        if (!reply.ok || !reply.value) return;
        const { done } = reply.value;
        setState((now) => (now.kind === 'writing' ? { ...now, done } : now));
      });
    }, LOOK_MS);
    return () => clearInterval(look);
  }, [ask, kind, id, setState]);
}
