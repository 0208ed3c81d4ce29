import { describe, expect, test } from 'vitest';
import { fileNotices } from '../../../../src/core/cliproxyapi/v8/file-notices';
import { findingsIn } from '../../../../src/core/cliproxyapi/v8/findings';
import { GROUP_FAMILIES, readGroups } from '../../../../src/core/cliproxyapi/v8/groups';
import { unknownFields } from '../../../../src/core/cliproxyapi/v8/unknown-fields';
import { IN_FILE, nameInFile } from '../../../fakes/cliproxyapi/v8/structs.ts';

const listOf = (family: string): keyof typeof IN_FILE =>
  (family === 'openai-compatibility' ? family : `${family}-api-key`) as keyof typeof IN_FILE;

describe('fields of groups', () => {
  test.each(GROUP_FAMILIES)('that the server knows are known: %s', (family) => {
    const fields = IN_FILE[listOf(family)];
    const value = ({ kind }: (typeof fields)[number]): unknown =>
      typeof kind === 'object' && 'list' in kind
        ? [Object.fromEntries(kind.list.map(({ name }) => [nameInFile(name), 1]))]
        : 1;
    const entry = Object.fromEntries(
      fields.map((field) => [nameInFile(field.name), field.name === 'models' ? value(field) : 1]),
    );
    const { 'base-url': url, 'api-key-entries': _, ...key } = entry;
    const isCompat = family === 'openai-compatibility';
    const group = isCompat
      ? { ...key, 'base-url': url, keys: [{ 'api-key': 'a', weight: 1, 'proxy-url': 'direct' }] }
      : { name: 'a', 'base-url': url, keys: [key as Record<string, unknown>] };
    expect(unknownFields(family, group)).toEqual([]);
  });

  test('that it does not know are found in the group, its keys and their models', () => {
    const models = [
      { name: 'm', alias: 'a' },
      { name: 'n', note: 1 },
    ];
    const group = { note: 1, websockets: true, models, keys: [{ 'api-key': 'a' }, { models, cloak: {} }] };
    expect(unknownFields('codex', group)).toEqual([
      'note',
      'websockets',
      'models[1].note',
      'keys[1].cloak',
      'keys[1].models[1].note',
    ]);
  });
});

describe('what there is to know before a write', () => {
  const findings = findingsIn(
    readGroups({
      codex: [{ keys: [] }, { keys: [{ 'api-key': 7, [`sk-${'a'.repeat(40)}`]: 1 }] }],
      claude: [{ prefix: 1, keys: [] }],
    })!,
  );
  const unknown = { kind: 'unknown-field', family: 'codex', place: '2: keys[0].…' };

  test('is of the file as a whole, and of the lists that are written; a name that looks like a key is not told', () => {
    expect(fileNotices({ layout: 'new', findings }, ['xai-api-key'])).toEqual([unknown]);
    expect(fileNotices({ layout: 'mixed', findings }, ['codex-api-key'])).toEqual([
      { kind: 'converts' },
      unknown,
      { kind: 'not-text', family: 'codex', place: '2: keys[0].api-key' },
    ]);
  });

  test.each([
    ['unknown', 'may-convert'],
    ['hidden', 'unseen'],
  ] as const)('is less certain where the layout is %s', (layout, kind) => {
    expect(fileNotices({ layout }, ['codex-api-key'])).toEqual([{ kind }]);
  });

  test('is nothing where nothing is written, or the groups are of no account', () => {
    expect(fileNotices({ layout: 'mixed', findings }, [])).toEqual([]);
    expect(fileNotices({ layout: 'old' }, ['codex-api-key'])).toEqual([]);
  });
});
