import type { ChannelSecrets } from './channel';
import { parseModels, upstreamName } from './models';
import type { FieldChange } from './plan';
import { splitList } from './compare';

/** One line of the diff of a channel, as it is read by people: models by their names instead of two long texts. */
export type ChannelRow =
  | { sign: '+' | '−'; kind: 'models'; names: string[] }
  /** Names that are there before and after, and go to another model now. */
  | { sign: '~'; kind: 'mapping'; names: string[] }
  | {
      sign: '+' | '~';
      kind: Exclude<FieldChange['field'], 'models' | 'mapping' | keyof ChannelSecrets>;
      from: string;
      to: string;
    }
  /** Replaced, or taken out, without a word of what it was and is. */
  | { sign: '~' | '−'; kind: keyof ChannelSecrets };

type Names = ReadonlyMap<string, string>;

/** The rows of a diff; models and mapping become one, since neither says much without the other. */
export function channelRows(changes: readonly FieldChange[]): ChannelRow[] {
  const models = changes.find(({ field }) => field === 'models');
  const mapping = changes.find(({ field }) => field === 'mapping');
  const first = models ?? mapping;
  return changes.flatMap((change): ChannelRow[] => {
    if (change === first) return modelRows(models, mapping);
    const { field, from, to } = change;
    if (field === 'models' || field === 'mapping') return [];
    if (field === 'key' || field === 'headerOverride') return [{ sign: to === '' ? '−' : '~', kind: field }];
    return [{ sign: from === '' ? '+' : '~', kind: field, from, to }];
  });
}

function modelRows(models: FieldChange | undefined, mapping: FieldChange | undefined): ChannelRow[] {
  const before = splitList(models?.from ?? '');
  const after = splitList(models?.to ?? '');
  const then = mappingOf(mapping?.from);
  const now = mappingOf(mapping?.to);
  const added = after.filter((name) => !before.includes(name));
  const removed = before.filter((name) => !after.includes(name));
  const rows: ChannelRow[] = [
    { sign: '+', kind: 'models', names: added.map((name) => shown(name, now)) },
    { sign: '−', kind: 'models', names: removed.map((name) => shown(name, then)) },
    { sign: '~', kind: 'mapping', names: turned([...added, ...removed], then, now) },
  ];
  return rows.filter((row) => 'names' in row && row.names.length > 0);
}

/** `upstream → name`, or the name alone where both are the same. */
function shown(name: string, mapping: Names): string {
  const upstream = upstreamName(name, mapping);
  return upstream === name ? name : `${upstream} → ${name}`;
}

function turned(told: readonly string[], then: Names, now: Names): string[] {
  const names = [...new Set([...then.keys(), ...now.keys()])];
  return names
    .filter((name) => !told.includes(name) && then.get(name) !== now.get(name))
    .map((name) => `${now.get(name) ?? name} → ${name}`);
}

/** One that cannot be read says nothing here: such a channel is never written to. */
const mappingOf = (text = ''): Names => parseModels('', text)?.mapping ?? new Map();
