import { useState, type FormEvent, type ReactNode } from 'react';
import { planBatchEdit, type BatchChange, type BatchEdit } from '../../core/channels/batch-edit';
import type { Channel } from '../../core/channels/channel';
import type { ChannelsView } from '../../core/channels/view';
import type { NewApiView } from '../../core/new-api/view';
import { ChannelRows } from '../channel-import/rows';
import { DialogFrame } from '../dialogs/dialog-frame';
import { ABOVE_FOOT, FOOT_IN_SIGHT, FormFoot } from '../dialogs/form-foot';
import { VirtualList } from '../dialogs/virtual-list';
import { Field, SelectField } from '../parts/field';
import { Note } from '../parts/note';
import { sayNames } from '../say';
import { useTranslation } from '../use-translation';
import { isWhole } from './draft';
import { GroupField } from './group-field';

interface Props {
  newApi: NewApiView;
  site: ChannelsView['site'];
  channels: readonly Channel[];
  /** `changed`: the channels that it changes. */
  onApply(change: BatchChange, changed: readonly Channel[]): void;
  onClose(): void;
}

type GroupsHow = 'keep' | 'set' | 'add' | 'take';

/** What stands in the fields; empty: it stays as it is in each channel. A tag of `-` means none. */
interface Typed {
  how: GroupsHow;
  groups: string[];
  priority: string;
  weight: string;
  tag: string;
}

const NOTHING: Typed = { how: 'keep', groups: [], priority: '', weight: '', tag: '' };

/** Changes the same fields of many channels: the plan of each stands below before anything is written. */
export function BatchDialog({ newApi, site, channels, onApply, onClose }: Props): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(NOTHING);
  const edit = (change: Partial<Typed>): void => setTyped({ ...typed, ...change });
  const wrong = {
    priority: !isWhole(typed.priority),
    weight: !isWhole(typed.weight) || typed.weight.trim().startsWith('-'),
  };
  const change = changeOf(typed);
  const { edits, same, groupless } = planBatchEdit(channels, change);
  const fit = !wrong.priority && !wrong.weight && edits.length > 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!fit) return;
    onApply(
      change,
      edits.map(({ channel }) => channel),
    );
    onClose();
  };
  const number = (field: 'priority' | 'weight'): ReactNode => (
    <Field
      className="flex-1"
      inputMode="numeric"
      label={t(`channels.field.${field}`)}
      help={t('channels.batch.keep')}
      wrong={wrong[field] ? t('channels.wrong.number') : undefined}
      value={typed[field]}
      onChange={({ target }) => edit({ [field]: target.value })}
    />
  );
  return (
    <DialogFrame title={t('channels.batch.title', { count: channels.length })} onClose={onClose}>
      <form className={`flex flex-col gap-3 ${ABOVE_FOOT}`} onSubmit={submit}>
        <SelectField<GroupsHow>
          label={t('channels.field.group')}
          value={typed.how}
          onChange={(how) => edit({ how })}
          choices={(['keep', 'set', 'add', 'take'] as const).map((how) => [
            how,
            t(`channels.batch.groups.${how}`),
          ])}
        />
        {typed.how !== 'keep' && (
          <GroupField newApiId={newApi.id} chosen={typed.groups} onChange={(groups) => edit({ groups })} />
        )}
        <div className="flex gap-3">
          {number('priority')}
          {number('weight')}
        </div>
        {site.tags && (
          <Field
            label={t('channels.field.tag')}
            help={t('channels.batch.tagHelp')}
            value={typed.tag}
            onChange={({ target }) => edit({ tag: target.value })}
          />
        )}
        <Plan edits={edits} />
        {same.length > 0 && edits.length > 0 && (
          <p className="text-xs text-ink-3">{t('channels.batch.same', { count: same.length })}</p>
        )}
        <Groupless channels={groupless} />
        <FormFoot
          className={FOOT_IN_SIGHT}
          note={t('channels.undoable')}
          submit={t('channels.batch.apply', { count: edits.length })}
          disabled={!fit}
        />
      </form>
    </DialogFrame>
  );
}

function changeOf({ how, groups, priority, weight, tag }: Typed): BatchChange {
  const named = tag.trim();
  return {
    ...(how !== 'keep' && groups.length > 0 && { groups: { how, names: groups } }),
    ...(priority.trim() && isWhole(priority) && { priority: Number(priority) }),
    ...(weight.trim() && isWhole(weight) && { weight: Number(weight) }),
    ...(named && { tag: named === '-' ? '' : named }),
  };
}

const ROW = 56;

/** What is written to each, by its name. */
function Plan({ edits }: { edits: readonly BatchEdit[] }): ReactNode {
  const { t } = useTranslation();
  if (edits.length === 0) return null;
  return (
    <section aria-label={t('channels.willWrite')}>
      <b className="text-xs">{t('channels.willWrite')}</b>
      <div className="flex flex-col" style={{ height: Math.min(edits.length, 4) * ROW }}>
        <VirtualList
          items={edits}
          rowKey={({ channel }) => String(channel.id)}
          height={ROW}
          label={t('channels.willWrite')}
          tabStop
        >
          {({ channel, changes }) => (
            <div>
              <span className="cut block text-xs font-medium">{channel.name}</span>
              <ChannelRows changes={changes} />
            </div>
          )}
        </VirtualList>
      </div>
    </section>
  );
}

function Groupless({ channels }: { channels: readonly Channel[] }): ReactNode {
  const { t } = useTranslation();
  const names = channels.map(({ name }) => name);
  if (names.length === 0) return null;
  return <Note tone="warn">{t('channels.batch.groupless', { names: sayNames(t, names, 5) })}</Note>;
}
