// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Card } from '../../../src/core/cliproxyapi/card';
import type { EntryView } from '../../../src/core/entries/view';
import { ok } from '../../../src/core/failures/result';
import { EntryList } from '../../../src/ui/entries/list';
import { standingOf } from '../../../src/ui/entries/standing';
import { renderPage } from '../render-page';
import { keyView, missing, proved } from '../samples';

const entry = (more: Partial<EntryView> = {}): EntryView => ({
  list: 'openai-compatibility',
  id: 'e1',
  index: 0,
  label: 'Hoshi Relay',
  name: 'Hoshi Relay',
  baseUrl: 'https://r1.example/v1',
  paused: false,
  priority: 0,
  prefix: '',
  models: 8,
  keys: [{ mask: 'sk-Labk…0001', weight: null, proxyUrl: '' }],
  ...more,
});
const served = keyView({ card: proved() });

test.each([
  ['off', { paused: true }, [served]],
  ['empty', { models: 0 }, [served]],
  // Such an entry serves the catalogue that CLIProxyAPI brings along.
  ['unknown', { models: 0, list: 'claude-api-key' }, [served]],
  ['served', {}, [served]],
  ['review', {}, [keyView({ card: proved({ served: 1 }) })]],
  ['served', {}, [keyView({ card: proved({ served: 1 }) }), served]],
  ['review', {}, [served, keyView({ card: proved({ served: 1, at: 1 }) })]],
  ['unknown', {}, [keyView()]],
  ['unknown', { baseUrl: 'https://r2.example/v1' }, [served]],
  ['unknown', { list: 'codex-api-key' }, [served]],
  ['unknown', { keys: [] }, [served]],
] as const)('an entry is %s', (standing, more, keys) => {
  expect(standingOf(keys)(entry(more as Partial<EntryView>)).standing).toBe(standing);
});

test.each([
  ['served', 4, proved()],
  ['proved', 4, proved({ chats: { tried: 4, answered: 4, byOther: 0, byUnknown: 0, failed: null } })],
  ['unproved', 0, proved({ basis: 'listed' })],
  ['unproved', 0, proved({ unsure: true })],
  ['unproved', 0, proved({ basis: 'none', served: 0, missing: [missing('unknown')] })],
  ['review', 3, proved({ served: 3, missing: [missing('excluded')] })],
  ['review', 0, proved({ served: 0, missing: [missing('key-expired')] })],
  ['review', 0, { kind: 'failed', failure: { code: 'not-in-list' }, importId: null, root: '', at: 0 }],
] as const)('a key is %s, %i models are served', (standing, count, card) => {
  const { keys, served: models } = standingOf([keyView({ card: card as Card })])(entry());
  expect({ keys, models }).toEqual({ keys: [standing], models: count });
});

test('the list sums up what is there, and says of each provider how it stands; it is read on a click only', async () => {
  const other = entry({ id: 'e2', index: 1, label: 'Kumo', baseUrl: 'https://r2.example/v1', models: 16 });
  const scene = await renderPage(<EntryList />, {
    view: { keys: [served] },
    script: { 'entries.list': () => ok([entry(), other]) },
  });
  expect(scene.inputs('entries.list')).toEqual([]);
  await scene.user.click(screen.getByRole('button', { name: 'Show what is in CLIProxyAPI' }));
  expect(await screen.findByText('2 providers, 2 keys, 24 models')).toBeVisible();
  const list = within(screen.getByRole('list', { name: 'What is in CLIProxyAPI' }));
  const rows = list.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(rows[0]).toContain('Served');
  expect(rows[1]).toContain('Not checked by KeyFerry');
  await scene.user.click(screen.getByRole('button', { name: 'Refresh' }));
  expect(scene.inputs('entries.list')).toHaveLength(2);
});
