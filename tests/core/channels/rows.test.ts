import { describe, expect, test } from 'vitest';
import type { FieldChange } from '../../../src/core/channels/plan';
import { channelRows } from '../../../src/core/channels/rows';

const change = (field: FieldChange['field'], from: string, to: string): FieldChange => ({ field, from, to });

describe('the diff of a channel', () => {
  test('shows models with what they go to upstream, in one row, and other fields as they are', () => {
    const rows = channelRows([
      change('name', '', 'Relay'),
      change('models', '', '4o,mini'),
      change('mapping', '', '{"4o":"gpt-4o"}'),
      change('priority', '1', '5'),
    ]);
    expect(rows).toEqual([
      { sign: '+', kind: 'name', from: '', to: 'Relay' },
      { sign: '+', kind: 'models', names: ['gpt-4o → 4o', 'mini'] },
      { sign: '~', kind: 'priority', from: '1', to: '5' },
    ]);
  });

  test('tells names that came from those that went', () => {
    expect(channelRows([change('models', 'a, b', 'b,c')])).toEqual([
      { sign: '+', kind: 'models', names: ['c'] },
      { sign: '−', kind: 'models', names: ['a'] },
    ]);
  });

  test('shows a name that goes elsewhere now, also where the names are the same', () => {
    expect(channelRows([change('mapping', '{"a":"x"}', '{"a":"y","b":"z"}')])).toEqual([
      { sign: '~', kind: 'mapping', names: ['y → a', 'z → b'] },
    ]);
  });

  test('makes nothing of a mapping that it cannot read, and nothing of no change', () => {
    expect(channelRows([change('mapping', '', 'no json')])).toEqual([]);
    expect(channelRows([])).toEqual([]);
  });
});
