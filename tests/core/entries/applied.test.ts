import { expect, test } from 'vitest';
import type { EntryChange } from '../../../src/core/cliproxyapi/entry-change';
import type { Provider } from '../../../src/core/cliproxyapi/provider';
import { countTouched, isEditApplied } from '../../../src/core/entries/applied';

const relay: Provider = { name: 'Relay', 'base-url': 'https://relay.example/v1' };
const renamed: Provider = { ...relay, name: 'Renamed' };
const change = (after: Provider | null): EntryChange => ({
  kind: after ? 'update' : 'remove',
  list: 'openai-compatibility',
  before: relay,
  after,
  providers: [],
  fields: [],
});

test('an edit is applied when one more entry is as it makes its own', () => {
  const edit = change(renamed);
  // One that is equal to the result was there before, with an empty field that the server leaves out.
  const counted = countTouched(edit, [relay, { ...renamed, models: [] }]);
  expect(counted).toBe(1);
  expect(isEditApplied(edit, [relay, renamed], counted)).toBe(false);
  expect(isEditApplied(edit, [renamed, renamed], counted)).toBe(true);
});

test('a removal is applied when one of the equal entries is gone', () => {
  const removal = change(null);
  const counted = countTouched(removal, [relay, relay]);
  expect(counted).toBe(2);
  expect(isEditApplied(removal, [relay, relay], counted)).toBe(false);
  expect(isEditApplied(removal, [relay], counted)).toBe(true);
});
