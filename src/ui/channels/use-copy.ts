import { useEffect, useState } from 'react';
import type { Channel } from '../../core/channels/channel';
import type { CopyView } from '../../core/channels/copy';
import type { Failure } from '../../core/failures/failure';
import type { NewApiView } from '../../core/new-api/view';
import type { Channels } from '../new-api/use-channels';
import { usePage } from '../page-context';
import { useTranslation } from '../use-translation';
import type { ChannelWork } from './use-channel-work';

interface Copy {
  /** The New API that the copy goes to. */
  target: string;
  aim(newApiId: string): void;
  /** Undefined: not read, or it cannot be copied there. */
  plan: CopyView | undefined;
  /** Nothing was written, as the plan is another by now. */
  replanned: boolean;
  failure: Failure | null;
  reading: boolean;
  busy: boolean;
  /** Plans anew. */
  look(): void;
  /** `key`: empty for the one that the channel has. */
  apply(plan: CopyView, key: string): Promise<void>;
}

/** One look at what a copy would be: another object for each. */
interface Wanted {
  target: string;
}

/** What a look told; it counts for that look only. */
interface Told {
  of: Wanted;
  plan?: CopyView;
  replanned?: boolean;
  failure?: Failure;
}

/** A copy of one channel, from its plan to its end, which a toast tells. */
export function useCopy(
  { id: newApiId }: NewApiView,
  { id: channelId }: Channel,
  after: { read: Channels['read']; offerUndo: ChannelWork['offerUndo']; onClose(): void },
): Copy {
  const { t } = useTranslation();
  const { ask, toast } = usePage();
  const [wanted, setWanted] = useState<Wanted>({ target: newApiId });
  const [last, setLast] = useState<Told>();
  const [busy, setBusy] = useState(false);
  const { target } = wanted;
  useEffect(() => {
    let here = true;
    void ask('channels.plan-copy', { newApiId, channelId, targetId: wanted.target }).then((planned) => {
      if (!here) return;
      setLast({ of: wanted, ...(planned.ok ? { plan: planned.value } : { failure: planned.failure }) });
    });
    return () => void (here = false);
  }, [ask, newApiId, channelId, wanted]);
  const told = last?.of === wanted ? last : undefined;
  return {
    target,
    aim: (newTarget) => setWanted({ target: newTarget }),
    plan: told?.plan,
    replanned: told?.replanned ?? false,
    failure: told?.failure ?? null,
    reading: told === undefined,
    busy,
    look: () => setWanted({ target }),
    async apply(plan, key) {
      setBusy(true);
      const workId = crypto.randomUUID();
      const order = { newApiId, workId, channelId, targetId: target, planHash: plan.hash };
      const reply = await ask('channels.copy', { ...order, ...(key.trim() && { key }) });
      setBusy(false);
      const outcome = reply.ok ? reply.value : { kind: 'failed' as const, failure: reply.failure };
      if (outcome.kind === 'failed') return setLast({ of: wanted, plan, failure: outcome.failure });
      if (outcome.kind === 'replan') return setLast({ of: wanted, plan: outcome.plan, replanned: true });
      const { name } = outcome.channel;
      after.onClose();
      after.offerUndo(t(`channels.copy.${outcome.failure ? 'on' : 'off'}`, { name }), outcome.importId);
      if (outcome.failure) toast.failure(name, outcome.failure);
      if (target === newApiId) await after.read();
    },
  };
}
