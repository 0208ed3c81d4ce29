import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChosenModel } from '../../core/aliases/alias-models';
import type {
  ChannelDraft,
  ChannelOutcome,
  OpenedChannelImport,
  PlannedChannel,
} from '../../core/channels/view';
import type { Failure } from '../../core/failure';
import type { Result } from '../../core/result';
import type { KeyView, NewApiShort } from '../../core/view/view';
import { usePage } from '../page-context';
import { undoChannel } from './undo-channel';
import { useMounted } from '../use-mounted';

const PAUSE_MS = 200;

export interface OpenChannel {
  kind: 'open';
  opened: OpenedChannelImport;
  draft: ChannelDraft;
  models: ChosenModel[];
  planned: PlannedChannel;
  planning: boolean;
  /** Nothing was written, since the channels were no longer those of the plan. */
  replanned: boolean;
  busy: boolean;
  failure: Failure | null;
}
type ChannelState = { kind: 'opening' } | { kind: 'failed'; failure: Failure } | OpenChannel;

export interface ChannelControl {
  state: ChannelState;
  edit(change: Partial<ChannelDraft>): void;
  choose(models: ChosenModel[]): void;
  /** Reads everything anew. */
  again(): void;
  apply(): Promise<void>;
}

/** The import of a key as a channel, behind its open dialog: planned again after each pause in editing. */
export function useChannelImport(keyView: KeyView, newApi: NewApiShort): ChannelControl {
  const { ask, handoff, toast } = usePage();
  const here = useMounted();
  const [state, setState] = useState<ChannelState>({ kind: 'opening' });
  const sayEnd = useSayEnd(keyView, newApi);
  const turn = useRef(0);
  const ids = { newApiId: newApi.id, keyId: keyView.id };
  const open = useCallback(
    () => ask('channel-import.open', { newApiId: newApi.id, keyId: keyView.id }).then(stateOf),
    [ask, newApi.id, keyView.id],
  );
  useEffect(() => {
    let here = true;
    void open().then((opened) => here && setState(opened));
    return () => void (here = false);
  }, [open]);

  const plan = (next: OpenChannel): void => {
    const mine = ++turn.current;
    setState({ ...next, planning: true, failure: null });
    setTimeout(() => {
      if (turn.current !== mine) return;
      void ask('channel-import.plan', { ...ids, draft: next.draft }).then((reply) => {
        if (turn.current !== mine) return;
        const planned: PlannedChannel = reply.ok ? reply.value : { kind: 'failed', failure: reply.failure };
        setState({ ...next, planned, planning: false, replanned: false, failure: null });
      });
    }, PAUSE_MS);
  };

  return {
    state,
    edit(change) {
      if (state.kind === 'open') plan({ ...state, draft: { ...state.draft, ...change } });
    },
    choose(models) {
      if (state.kind !== 'open') return;
      const chosen = models.map(({ name, alias }) => ({ name, alias: alias || name }));
      plan({ ...state, models, draft: { ...state.draft, models: chosen } });
    },
    again() {
      turn.current++;
      setState({ kind: 'opening' });
      void open().then(setState);
    },
    async apply() {
      if (state.kind !== 'open' || state.planned.kind !== 'plan' || state.busy) return;
      setState({ ...state, busy: true, failure: null });
      const { hash } = state.planned.plan;
      const order = { ...ids, workId: crypto.randomUUID(), draft: state.draft, planHash: hash };
      const reply = await ask('channel-import.apply', order);
      const outcome: ChannelOutcome = reply.ok ? reply.value : { kind: 'failed', failure: reply.failure };
      if (outcome.kind === 'written' || outcome.kind === 'unchanged') {
        if (here.current) handoff.close();
        return sayEnd(outcome);
      }
      const rest = { ...state, busy: false };
      const failure = outcome.kind === 'failed' ? outcome.failure : null;
      if (!here.current) toast.failure(keyView.name, failure ?? { code: 'list-changed' });
      else if (outcome.kind === 'replan') setState({ ...rest, planned: outcome.planned, replanned: true });
      else setState({ ...rest, failure });
    },
  };
}

function stateOf(reply: Result<OpenedChannelImport>): ChannelState {
  if (!reply.ok) return { kind: 'failed', failure: reply.failure };
  const { draft, planned } = reply.value;
  const models = draft.models.map((model) => ({ ...model, typed: false }));
  const rest = { planning: false, replanned: false, busy: false, failure: null };
  return { kind: 'open', opened: reply.value, draft, models, planned, ...rest };
}

/** Says by a toast what was proved: that it stands at the server. Whether it answers is not seen from here. */
function useSayEnd(
  keyView: KeyView,
  newApi: NewApiShort,
): (outcome: ChannelOutcome & { kind: 'written' | 'unchanged' }) => void {
  const { t } = useTranslation();
  const context = usePage();
  return (outcome) => {
    const names = { key: keyView.name, newApi: newApi.name };
    if (outcome.kind === 'unchanged')
      return context.toast.plain(t('channelImport.unchanged', { ...names, id: outcome.channelId }));
    const said = outcome.made ? 'channelImport.written' : 'channelImport.changed';
    const undo = (): void => void undoChannel(context, t, outcome.importId);
    context.toast.plain(t(said, { ...names, id: outcome.channel.id }), undo);
  };
}
