import { useTranslation } from '../use-translation';
import type { Client } from '../../contract/client';
import type { ChosenModel } from '../../core/aliases/alias-models';
import type {
  ChannelDraft,
  ChannelOutcome,
  OpenedChannelImport,
  PlannedChannel,
} from '../../core/channels/view';
import type { Failure } from '../../core/failures/failure';
import { ok } from '../../core/failures/result';
import type { KeyView, NewApiShort } from '../../core/view/view';
import { usePage } from '../page-context';
import { createPlanFlow, orFailed, type OpenPlan, type PlanFlow, type PlanState } from '../plan-flow';
import { usePlanFlow } from '../use-plan-flow';
import { undoChannel } from './undo-channel';

/** The draft with one thing more that the dialog needs: which aliases were typed. */
export interface ChannelChoice extends Omit<ChannelDraft, 'models'> {
  models: ChosenModel[];
}
export type OpenChannel = OpenPlan<null, OpenedChannelImport, ChannelChoice, PlannedChannel>;

interface ChannelControl {
  keyView: KeyView;
  newApi: NewApiShort;
  state: PlanState<null, OpenedChannelImport, ChannelChoice, PlannedChannel>;
  edit(change: Partial<ChannelChoice>): void;
  /** Reads everything anew. */
  again(): void;
  apply(): Promise<void>;
}

/** An import whose dialog shows a plan. */
export type OpenImport = ChannelControl & { state: OpenChannel };

type Written = ChannelOutcome & { kind: 'written' | 'unchanged' };

const sent = ({ models, ...draft }: ChannelChoice): ChannelDraft => ({
  ...draft,
  models: models.map(({ name, alias }) => ({ name, alias: alias || name })),
});

/** `here` is false if the dialog was closed meanwhile. `onMissed`: it was closed, and nothing was written. */
export function createChannelFlow(
  ask: Client,
  ids: { newApiId: string; keyId: string },
  told: { onWritten(outcome: Written, here: boolean): void; onMissed(failure: Failure): void },
): PlanFlow<null, OpenedChannelImport, ChannelChoice, PlannedChannel> {
  return createPlanFlow(ask, {
    dialog: () => ({ dialog: 'channel-import', id: ids.newApiId }),
    async open() {
      const opened = await ask('channel-import.open', ids);
      if (!opened.ok) return opened;
      const { draft, planned } = opened.value;
      const models = draft.models.map((model) => ({ ...model, typed: false }));
      return ok({ opened: opened.value, draft: { ...draft, models }, planned });
    },
    plan: async ({ draft }) =>
      orFailed<PlannedChannel>(await ask('channel-import.plan', { ...ids, draft: sent(draft) })),
    hashOf: (planned) => (planned.kind === 'plan' ? planned.plan.hash : undefined),
    async apply({ draft }, planHash, here) {
      const order = { ...ids, workId: crypto.randomUUID(), draft: sent(draft), planHash };
      const reply = await ask('channel-import.apply', order);
      const outcome: ChannelOutcome = reply.ok ? reply.value : { kind: 'failed', failure: reply.failure };
      if (outcome.kind === 'written' || outcome.kind === 'unchanged') {
        told.onWritten(outcome, here());
        return { kind: 'done' };
      }
      const failure = outcome.kind === 'failed' ? outcome.failure : ({ code: 'list-changed' } as const);
      if (!here()) told.onMissed(failure);
      return outcome.kind === 'replan' ? outcome : { kind: 'refused', failure };
    },
    pauseMs: 120,
  });
}

/** The import of a key as a channel, behind its open dialog. */
export function useChannelImport(keyView: KeyView, newApi: NewApiShort): ChannelControl {
  const { ask, handoff, toast } = usePage();
  const sayEnd = useSayEnd(keyView, newApi);
  const [state, flow] = usePlanFlow(
    () =>
      createChannelFlow(
        ask,
        { newApiId: newApi.id, keyId: keyView.id },
        {
          onWritten(outcome, here) {
            if (here) handoff.close();
            sayEnd(outcome);
          },
          onMissed: (failure) => toast.failure(keyView.name, failure),
        },
      ),
    null,
  );
  return {
    keyView,
    newApi,
    state,
    edit(change) {
      const now = flow.getState();
      if (now.kind === 'open') flow.edit({ ...now.draft, ...change });
    },
    again: () => void flow.open(null),
    apply: flow.apply,
  };
}

/** A toast says only what was proved: the server has the channel. Whether it answers cannot be seen from here. */
function useSayEnd(keyView: KeyView, newApi: NewApiShort): (outcome: Written) => void {
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
