import { expect, test } from 'vitest';
import { editEntry } from '../../../src/workflows/entries/edit-entry';
import { listEntries, planEntry } from '../../../src/workflows/entries/open-entry';
import { undoImport } from '../../../src/workflows/undo/undo-import';
import type { JsonObject } from '../../fakes/cliproxyapi.ts';
import { must, never, OTHERS, providers, recordsOf, scene, type Scene } from '../scene';

const twin: JsonObject = {
  name: 'twin',
  'base-url': 'https://twin.example/v1',
  'api-key-entries': [{ 'api-key': 'sk-twin-000000000000001' }],
  models: [{ name: 'm', alias: 'm' }],
};

/** Takes the last entry out, as from the list of all entries. */
async function removeLast({ ports }: Scene): Promise<void> {
  const base = new Map();
  const last = must(await listEntries(ports))
    .filter(({ list }) => list === 'openai-compatibility')
    .at(-1);
  const ref = {
    list: 'openai-compatibility',
    id: last?.id ?? '',
    index: last?.index ?? -1,
    keyIndex: 0,
  } as const;
  const change = { remove: 'entry' } as const;
  const planned = must(await planEntry(ports, base, ref, change));
  const hash = planned.kind === 'plan' ? planned.hash : '';
  expect(await editEntry(ports, { ref, edit: change, hash, keyId: '', signal: never() })).toEqual({
    kind: 'done',
  });
}

test.each([
  ['the last one first', [0, 1]],
  ['the first one first', [1, 0]],
] as const)('of two equal entries that were taken out both come back: %s', async (_order, order) => {
  const made = await scene();
  await made.proxy.setLists('openai-compatibility', [...OTHERS, twin, twin]);
  await removeLast(made);
  await removeLast(made);
  await made.proxy.settled();
  expect(providers(made.proxy)).toEqual(OTHERS);
  const ids = (await recordsOf(made.ports)).map(({ id }) => id);
  for (const at of order)
    expect(await undoImport(made.ports, ids[at] ?? '', undefined, never())).toEqual({ kind: 'undone' });
  await made.proxy.settled();
  expect(providers(made.proxy).filter(({ name }) => name === 'twin')).toHaveLength(2);
});
