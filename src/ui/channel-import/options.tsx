import { foreignText } from '../../core/foreign-text';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { Field } from '../parts/field';
import { splitList } from '../../core/channels/compare';
import { Disclosure } from '../dialogs/disclosure';
import type { OpenImport } from './use-channel-import';

interface Values {
  groups: string[];
  priority: number;
  tag: string;
}

/** Options of new channels: groups, priority, and a tag if the server has tags. */
export function ChannelOptions({
  value,
  known,
  tags,
  onEdit,
}: {
  value: Values;
  /** The server's groups; empty if they could not be read. */
  known: readonly string[];
  tags: boolean;
  onEdit(change: Partial<Values>): void;
}): ReactNode {
  const { t } = useTranslation();
  const [priority, setPriority] = useState(String(value.priority));
  const bad = !/^-?\d{0,9}$/.test(priority.trim());
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Groups value={value.groups} known={known} onChange={(groups) => onEdit({ groups })} />
      <Field
        label={t('dialog.priority')}
        help={t('dialog.priorityHelp')}
        wrong={bad ? t('failure.bad-priority.what') : undefined}
        inputMode="numeric"
        value={priority}
        onChange={(event) => {
          setPriority(event.target.value);
          const number = Number(event.target.value.trim());
          if (Number.isInteger(number)) onEdit({ priority: number });
        }}
      />
      {tags && (
        <Field
          label={t('channelImport.tag')}
          help={t('common.optional')}
          value={value.tag}
          onChange={(event) => onEdit({ tag: event.target.value })}
        />
      )}
    </div>
  );
}

function Groups({
  value,
  known,
  onChange,
}: {
  value: readonly string[];
  known: readonly string[];
  onChange(groups: string[]): void;
}): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value.join(', '));
  if (known.length === 0) {
    return (
      <Field
        label={t('channelImport.groups')}
        help={t('channelImport.groupsTyped')}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(splitList(event.target.value));
        }}
      />
    );
  }
  const toggle = (group: string): void =>
    onChange(value.includes(group) ? value.filter((one) => one !== group) : [...value, group]);
  return (
    <div role="group" aria-label={t('channelImport.groups')}>
      <div className="mb-1 font-medium">{t('channelImport.groups')}</div>
      <div className="flex max-h-40 flex-wrap gap-1 overflow-y-auto">
        {[...new Set([...known, ...value])].map((group) => (
          <button
            key={group}
            type="button"
            className="chip"
            aria-pressed={value.includes(group)}
            onClick={() => toggle(group)}
          >
            {group}
          </button>
        ))}
      </div>
    </div>
  );
}

/** Name, groups, priority and tag of a new channel. A channel that is joined keeps its own. */
export function ChannelFields({ channel: { state, edit } }: { channel: OpenImport }): ReactNode {
  const { opened, draft, planned } = state;
  const { t } = useTranslation();
  if (planned.kind === 'plan' && planned.plan.channelId !== null) return null;
  const about = [draft.name, ...draft.groups].map(foreignText).join(' · ');
  return (
    <div>
      <Disclosure title={t('dialog.more')} about={about}>
        <div className="flex flex-col gap-3">
          <Field
            label={t('channelImport.name')}
            value={draft.name}
            onChange={(event) => edit({ name: event.target.value })}
          />
          <ChannelOptions value={draft} known={opened.groups} tags={opened.tags} onEdit={edit} />
        </div>
      </Disclosure>
    </div>
  );
}
