// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react';
import i18next from 'i18next';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ok } from '../../../src/core/failures/result';
import type { View } from '../../../src/core/view/view';
import { applyChange, changeOf } from '../../../src/core/view/view-change';
import { KeyBoard } from '../../../src/ui/keys/board';
import '../../../src/ui/keys/table';
import { useView } from '../../../src/ui/use-view';
import { Keys } from '../open-dialog';
import { renderPage, setWidth, type Scene } from '../render-page';
import { keyView, notice, running, settings, view } from '../samples';

/** How often a row was drawn: each one asks for the word on its button once. */
const drawn = { rows: 0 };

beforeEach(() => {
  const { t } = i18next;
  vi.spyOn(i18next, 't').mockImplementation((...asked: Parameters<typeof t>) => {
    if (String(asked[0]).startsWith('card.word.')) drawn.rows++;
    return t.apply(i18next, asked);
  });
});

function Board() {
  return <KeyBoard view={useView()} />;
}

const KEYS = Array.from({ length: 6 }, (_, at) =>
  keyView({ id: `k${at}`, name: `Key ${at}`, relayName: `R${at}` }),
);

/** A worker that tells only what changed, as the real one does. */
async function show(
  content: 'popup' | 'cards' | 'table',
): Promise<Scene & { become(more: Partial<View>): Promise<void> }> {
  setWidth(1400);
  const table = content === 'table';
  let now: View = {
    ...view({ keys: KEYS, ...(table && { settings: settings({ keysAs: 'table' }) }) }),
    version: 'v0',
  };
  let [sent, count] = [now, 0];
  const scene = await renderPage(content === 'popup' ? <Keys /> : <Board />, {
    page: { isPopup: content === 'popup' },
    script: {
      view: () => ok(now),
      'view.since': () => {
        const change = changeOf(sent, now);
        sent = applyChange(sent, change);
        return ok({ version: `v${++count}`, change });
      },
    },
  });
  return {
    ...scene,
    async become(more) {
      now = { ...now, ...more };
      await act(() => scene.view.load());
    },
  };
}

describe.each(['popup', 'cards', 'table'] as const)('drawn anew (%s)', (where) => {
  test('is only the row of a key whose import goes on', async () => {
    const { become } = await show(where);
    expect(drawn.rows).toBeGreaterThanOrEqual(6);
    drawn.rows = 0;
    await become({ keys: KEYS.map((key) => (key.id === 'k2' ? { ...key, running: running() } : key)) });
    expect(drawn.rows).toBe(1);
    expect(screen.getAllByRole('button', { name: 'Cancel' })).toHaveLength(1);
    await become({ notices: [notice({ kind: 'served', served: 1, total: 1, importId: 'i1' })] });
    expect(drawn.rows).toBe(1);
  });

  test('is no row while one types', async () => {
    const { user } = await show(where);
    drawn.rows = 0;
    await user.type(screen.getByRole('searchbox'), 'key');
    expect(screen.getByRole('searchbox')).toHaveValue('key');
    expect(drawn.rows).toBe(0);
  });

  test('is only the row that is chosen', async () => {
    const { user } = await show(where);
    if (where === 'popup') await user.click(screen.getByRole('button', { name: 'Select keys' }));
    drawn.rows = 0;
    await user.click(screen.getByRole('checkbox', { name: 'Select “Key 4”' }));
    expect(drawn.rows).toBe(1);
  });
});
