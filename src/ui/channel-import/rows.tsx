import type { ReactNode } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from '../use-translation';
import type { ChannelState } from '../../core/channels/channel';
import type { FieldChange } from '../../core/channels/plan';
import { channelRows, type ChannelRow } from '../../core/channels/rows';
import { DiffRow, Names } from '../dialogs/plan-rows';

/** The diff of a channel: sign, field, value. `before` and `after` are further rows. */
export function ChannelRows({
  changes,
  before,
  after,
}: {
  changes: readonly FieldChange[];
  before?: ReactNode;
  after?: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <ul className="-mx-2">
      {before}
      {channelRows(changes).map((row) => (
        <DiffRow key={row.sign + row.kind} sign={row.sign} kind={nameOf(t, row)}>
          {'names' in row ? (
            <Names names={row.names} />
          ) : (
            <span className="mono [overflow-wrap:anywhere]">{valueOf(t, row)}</span>
          )}
        </DiffRow>
      ))}
      {after}
    </ul>
  );
}

function nameOf(t: TFunction, row: ChannelRow): string {
  switch (row.kind) {
    case 'models':
      return t('change.models', { count: row.names.length });
    case 'baseUrl':
      return t('change.base-url');
    case 'name':
    case 'priority':
    case 'weight':
      return t(`change.${row.kind}`);
    default:
      return t(`channelImport.field.${row.kind}`);
  }
}

function valueOf(t: TFunction, row: Exclude<ChannelRow, { names: string[] }>): string {
  if (!('to' in row)) return t(row.sign === '~' ? 'channelImport.replaced' : 'channelImport.emptied');
  const { kind, sign, from, to } = row;
  const say = (text: string): string => {
    if (kind === 'state') return t(`channels.state.${text as ChannelState}`);
    if (kind === 'autoBan') return t(`channelImport.autoBan.${text === '0' ? 'off' : 'on'}`);
    return (kind === 'type' ? (TYPES[text] ?? text) : text) || t('change.none');
  };
  return sign === '+' ? say(to) : t('change.arrow', { from: say(from), to: say(to) });
}

/** The API format of a channel, by the number of its type. */
const TYPES: Partial<Record<string, string>> = { 1: 'OpenAI', 14: 'Anthropic', 24: 'Gemini', 25: 'Gemini' };
