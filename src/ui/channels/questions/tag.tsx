import { useState, type ReactNode } from 'react';
import { Confirm } from '../../parts/confirm';
import { SelectField } from '../../parts/field';
import { useTranslation } from '../../use-translation';
import { tagsOfChannels } from '../filter';
import type { Board } from '../use-board';
import { named } from './named';

const ACTIONS = ['off', 'on', 'edit'] as const;
type TagAction = (typeof ACTIONS)[number];

/**
 * What is done to all channels of a tag, each named before. Servers have calls for a tag (fixtures
 * new-api/channels-copy-and-tags, one-hub/channels-tags), and they are not used: they hit whatever has the tag when they
 * arrive, tell nobody what that was, switch on what the site had switched off, and One Hub's edit makes and deletes channels.
 * So the channels that are shown go the way of any that are chosen: exactly these, and undone as these.
 */
export function TagQuestion({
  board: { view, work, editMany },
  tag,
  onEnd,
}: {
  board: Board;
  tag: string;
  onEnd(back: boolean): void;
}): ReactNode {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(tag);
  const [action, setAction] = useState<TagAction>('off');
  const tags = tagsOfChannels(view.channels);
  const channels = view.channels.filter((channel) => channel.tag === chosen);
  const changed = channels.filter(({ state }) => action === 'edit' || state !== action);
  const so = channels.filter((channel) => !changed.includes(channel));
  const bySite = changed.filter(({ state }) => state === 'auto-off').length;
  return (
    <Confirm
      look="primary"
      title={t('channels.tag.title', { count: channels.length, name: chosen })}
      text={t('channels.tag.text')}
      action={t(`channels.tag.apply.${action}`, { count: changed.length })}
      disabled={changed.length === 0}
      onConfirm={() => {
        onEnd(false);
        if (action === 'edit') editMany(changed);
        else void work.start(action, changed);
      }}
      onCancel={() => onEnd(true)}
    >
      <div className="flex flex-wrap gap-3">
        {tags.length > 1 && (
          <SelectField
            label={t('channels.field.tag')}
            value={chosen}
            onChange={setChosen}
            choices={tags.map((one) => [one, one])}
          />
        )}
        <SelectField<TagAction>
          label={t('channels.tag.what')}
          value={action}
          onChange={setAction}
          choices={ACTIONS.map((one) => [
            one,
            one === 'edit' ? t('channels.edit') : t(`channels.turn.${one}`),
          ])}
        />
      </div>
      <ul className="mt-2 [overflow-wrap:anywhere]">
        {changed.length > 0 && <li>{t('channels.tag.changed', named(t, changed))}</li>}
        {action !== 'edit' && bySite > 0 && <li>{t('channels.bySite', { count: bySite })}</li>}
        {so.length > 0 && <li className="text-ink-3">{t('channels.tag.same', named(t, so))}</li>}
      </ul>
    </Confirm>
  );
}
