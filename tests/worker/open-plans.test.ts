import { describe, expect, test } from 'vitest';
import { createOpenDialogs, PROXY, type OpenDialogs } from '../../src/worker/open-plans';
import type { KeysExport } from '../../src/workflows/channel-import/open-export';
import type { Batch } from '../../src/workflows/batch/batch-run';

const TEXT = 'sk-LabSecretText';
const batch = (text = TEXT): Batch =>
  ({ config: {}, settings: null, keys: [{ text, facts: {}, names: [] }], failed: [] }) as never;
const exported = (newApiId: string): KeysExport => ({ newApiId, keys: [], channels: [], groups: [] });

const withBatch = (): OpenDialogs => {
  const plans = createOpenDialogs();
  plans.open('batch', 'b').set('b', batch());
  return plans;
};
const textOf = (plans: OpenDialogs): string | undefined => plans.at('batch', 'b').get('b')?.keys[0]?.text;

describe('what a dialog rests on', () => {
  test('is kept while it is open', () => {
    expect(textOf(withBatch())).toBe(TEXT);
  });

  test.each<[string, (plans: OpenDialogs) => void]>([
    ['it is closed', (plans) => plans.drop('batch', 'b')],
    ['its server changes', (plans) => plans.dropServer(PROXY)],
    ['the lock closes', (plans) => plans.clear()],
  ])('is dropped when %s', (_when, happens) => {
    const plans = withBatch();
    happens(plans);
    expect(textOf(plans)).toBeUndefined();
  });

  test.each<[string, (plans: OpenDialogs) => void]>([
    ['another batch', (plans) => plans.drop('batch', 'c')],
    ['a dialog of another kind', (plans) => plans.drop('import', 'b')],
    ['another server', (plans) => plans.dropServer('n1')],
  ])('stays when %s goes', (_what, goes) => {
    const plans = withBatch();
    goes(plans);
    expect(textOf(plans)).toBe(TEXT);
  });

  test.each<[string, (plans: OpenDialogs) => void]>([
    ['closed', (plans) => plans.drop('batch', 'b')],
    ['closed by the lock', (plans) => plans.clear()],
    ['closed and opened again', (plans) => (plans.drop('batch', 'b'), void plans.open('batch', 'b'))],
    ['opened again', (plans) => void plans.open('batch', 'b')],
  ])('is not kept when it is read to the end after the dialog was %s', (_how, happens) => {
    const plans = createOpenDialogs();
    const opening = plans.open('batch', 'b');
    happens(plans);
    opening.set('b', batch());
    expect(textOf(plans)).toBeUndefined();
  });

  test('is there for a dialog that asks once more for what failed', () => {
    const plans = withBatch();
    expect(plans.open('batch', 'b').get('b')?.keys[0]?.text).toBe(TEXT);
  });

  test('of one New API goes without that of another', () => {
    const plans = createOpenDialogs();
    plans.open('channel-export', 'e1', 'n1').set('e1', exported('n1'));
    plans.open('channel-export', 'e2', 'n2').set('e2', exported('n2'));
    plans.dropServer('n1');
    expect(plans.at('channel-export', 'e1').get('e1')).toBeUndefined();
    expect(plans.at('channel-export', 'e2').get('e2')).toEqual(exported('n2'));
  });

  test('is kept from its next plan on when the worker has forgotten it', () => {
    const plans = createOpenDialogs();
    const read = {} as never;
    plans.at('import', 'k').set('k', read);
    expect(plans.at('import', 'k').get('k')).toBe(read);
  });
});
