// @vitest-environment happy-dom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../src/core/failures/failure';
import { fail, ok } from '../../../src/core/failures/result';
import type { Change } from '../../../src/core/import/change';
import type { ImportOutcome } from '../../../src/core/import/opened';
import type { View } from '../../../src/core/view/view';
import { dialogOf, ferry, importScript, Keys, openFull, openSheet, type DialogScene } from '../open-dialog';
import { renderPage, type SceneOptions } from '../render-page';
import {
  connectionView,
  draftOf,
  keyView,
  missing,
  openedImport,
  planned,
  proved,
  running,
  settings,
  view,
} from '../samples';

const NAS = connectionView({
  id: 'nas',
  name: 'NAS',
  place: 1,
  root: 'http://nas:8317',
  host: 'nas:8317',
  pattern: '*://nas/*',
});
const VPS = connectionView({ ...NAS, id: 'vps', name: '', place: 2, root: 'https://vps', host: 'vps' });

/** A view of three connections, of which the page looks at the laptop. */
const three = (more: Partial<View> = {}): Partial<View> => ({
  connection: connectionView({ name: 'Laptop' }),
  others: [NAS, VPS],
  ...more,
});

const open = (options: SceneOptions = {}): Promise<DialogScene> =>
  openSheet({ proxyHost: 'Laptop' }, { view: three(), ...options });

const box = (name: RegExp): HTMLElement => within(dialogOf()).getByRole('checkbox', { name });
const tick = (name: RegExp): void => act(() => box(name).click());
/** What is said of one of the others. */
const lineOf = (name: string): HTMLElement => within(dialogOf()).getByText(name).closest('li')!;
const press = (name: string | RegExp): void => act(() => screen.getByRole('button', { name }).click());
const sentTo = ({ asked }: DialogScene, name: string): unknown[] =>
  asked.filter((one) => one.name === name).map(({ proxyId = '' }) => proxyId);

/** An answer for each CLIProxyAPI. */
const applied =
  (there: Partial<Record<'nas' | 'vps', ImportOutcome>>) =>
  (_input: unknown, proxyId = '') =>
    ok(
      there[proxyId as 'nas'] ??
        ({ kind: 'proved', card: proved({ importId: `of-${proxyId}`, total: 2, served: 2 }) } as const),
    );

describe('with several CLIProxyAPIs the plan', () => {
  test('shows the others and their states, none of them ticked, and asks none', async () => {
    const scene = await open({
      view: three({
        others: [NAS, { ...VPS, halted: { code: 'banned', until: Date.now() + 600_000 } as never }],
      }),
    });
    expect(box(/^NAS/)).not.toBeChecked();
    expect(box(/^NAS/)).toHaveAccessibleName('NAS Connected');
    expect(box(/^vps/)).toHaveAccessibleName(/^vps Banned until/);
    expect(screen.getByRole('button', { name: 'Import key with 2 models' })).toBeEnabled();
    expect(new Set(scene.asked.map(({ proxyId }) => proxyId ?? ''))).toEqual(new Set(['']));
  });

  test('names the one that the page looks at where it speaks of what is there already', async () => {
    const changes: Change[] = [{ sign: '=', kind: 'in-it', keys: 4, models: 2, fields: [] }];
    await openSheet({ planned: planned({ changes }) }, { view: three() });
    expect(dialogOf()).toHaveTextContent('Already in “Laptop”, unchanged: 4 keys');
  });

  test('is as before with one', async () => {
    await openSheet();
    expect(screen.queryByText('Also import to')).not.toBeInTheDocument();
  });

  test('says of one that is ticked what happens there, and the button that it goes to two', async () => {
    const scene = await open({ script: { 'import.plan': () => ok(planned()) } });
    tick(/^NAS/);
    await waitFor(() =>
      expect(lineOf('NAS')).toHaveTextContent('The same as in “Laptop”. Adds 1 provider, 1 key, 2 models.'),
    );
    expect(within(lineOf('NAS')).queryByRole('list')).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Import to 2 CLIProxyAPIs' })).toBeEnabled();
    tick(/^NAS/);
    expect(screen.queryByText(/^The same as/)).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Import key with 2 models' })).toBeEnabled();
    // What was read for it there is dropped there.
    expect(sentTo(scene, 'plan.close')).toEqual(['nas']);
  });

  test('shows where it differs there, and what must be known there', async () => {
    await open({
      script: {
        'import.plan': () =>
          ok(
            planned({
              kind: 'update',
              changes: [
                {
                  sign: '=',
                  kind: 'provider',
                  name: 'Hoshi',
                  baseUrl: 'https://r1.example/v1',
                  chosen: false,
                },
                { sign: '+', kind: 'key', mask: 'sk-Labk…0001' },
                { sign: '=', kind: 'in-it', keys: 4, models: 2, fields: [] },
              ],
              notices: [
                { kind: 'disabled', name: 'Hoshi', enabled: false },
                { kind: 'kept-alias', count: 2 },
              ],
            }),
          ),
      },
    });
    tick(/^NAS/);
    await waitFor(() => expect(lineOf('NAS')).toHaveTextContent('Adds 1 key.'));
    expect(lineOf('NAS')).not.toHaveTextContent('The same as');
    expect(within(lineOf('NAS')).getAllByRole('listitem')).toHaveLength(1);
    expect(lineOf('NAS')).toHaveTextContent('Matched by base URL');
    expect(lineOf('NAS')).toHaveTextContent('“Hoshi” is switched off');
  });

  test('is planned anew at each by an edit, without the entry that was chosen at the first', async () => {
    const scene = await open();
    tick(/^NAS/);
    tick(/^vps/);
    await screen.findByRole('button', { name: 'Import to 3 CLIProxyAPIs' });
    const target = { kind: 'join', ref: { index: 0, name: 'x', baseUrl: 'https://x' } } as const;
    act(() => scene.imports.edit({ ...scene.draft(), providerName: 'Other', target }));
    await waitFor(() => expect(sentTo(scene, 'import.plan')).toEqual(['nas', 'vps', '', 'nas', 'vps']));
    const edited = scene.asked.filter(
      ({ name, input }) =>
        name === 'import.plan' &&
        (input as { draft: { providerName: string } }).draft.providerName === 'Other',
    );
    expect(
      Object.fromEntries(
        edited.map(({ proxyId, input }) => [
          proxyId ?? '',
          (input as { draft: { target: object } }).draft.target,
        ]),
      ),
    ).toEqual({
      '': target,
      nas: { kind: 'auto' },
      vps: { kind: 'auto' },
    });
  });

  test('leaves out one where a provider would have to be chosen, and says so', async () => {
    const scene = await open({
      script: {
        'import.plan': () =>
          ok({ kind: 'choose', candidates: [{ index: 0, name: 'a', baseUrl: 'https://a' }] }),
      },
    });
    tick(/^NAS/);
    await waitFor(() => expect(lineOf('NAS')).toHaveTextContent('Switch to “NAS” and import it there.'));
    press('Import key with 2 models');
    await screen.findByRole('dialog', { name: /^Key “Work key” imported/ });
    expect(sentTo(scene, 'import.apply')).toEqual(['']);
  });

  test('says why one cannot be reached, with the way to allow it, and the others go on', async () => {
    const answers = [
      { kind: 'failed', failure: { code: 'host-permission', host: 'nas:8317' } } as const,
      planned(),
    ];
    const scene = await open({ script: { 'import.plan': () => ok(answers.shift()!) } });
    tick(/^NAS/);
    await waitFor(() => expect(within(lineOf('NAS')).getByRole('status')).toBeVisible());
    expect(screen.getByRole('button', { name: 'Import key with 2 models' })).toBeEnabled();
    expect(within(lineOf('NAS')).queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
    press('Allow access to nas:8317');
    await waitFor(() => expect(lineOf('NAS')).toHaveTextContent('The same as in “Laptop”.'));
    expect(scene.page.requested).toEqual(['*://nas/*']);
    // The prompt may close the popup, which then goes on with this.
    const chosen = { full: false, change: scene.draft(), also: ['nas'] };
    expect(scene.inputs('intent.set')).toEqual([{ kind: 'import', id: 'k1', pattern: '*://nas/*', chosen }]);
    expect(scene.inputs('intent.clear')).toHaveLength(1);
  });

  test('may be tried again at one that was down', async () => {
    const answers = [
      { kind: 'failed', failure: { code: 'unreachable', host: 'nas:8317' } } as const,
      planned(),
    ];
    await open({ script: { 'import.plan': () => ok(answers.shift()!) } });
    tick(/^NAS/);
    await waitFor(() => expect(lineOf('NAS')).toHaveTextContent('Nothing answers at nas:8317'));
    press('Try again');
    await waitFor(() => expect(lineOf('NAS')).toHaveTextContent('The same as in “Laptop”.'));
  });

  test('keeps what is ticked in the full form', async () => {
    await openFull({ proxyHost: 'Laptop' }, { view: three() });
    tick(/^NAS/);
    expect(await screen.findByRole('button', { name: 'Import to 2 CLIProxyAPIs' })).toBeEnabled();
  });

  test('that writes only elsewhere is offered first to the eye', async () => {
    await openSheet(
      { planned: planned({ kind: 'unchanged', changes: [], models: 0 }) },
      { view: three(), script: { 'import.plan': () => ok(planned()) } },
    );
    expect(screen.getByRole('button', { name: 'Check what is served' })).not.toHaveClass('primary');
    tick(/^NAS/);
    expect(await screen.findByRole('button', { name: 'Import to 2 CLIProxyAPIs' })).toHaveClass('primary');
  });

  test('goes out at once, and to one alone, where it only adds and is to be skipped', async () => {
    const scene = await renderPage(<Keys />, {
      view: three({ settings: settings({ skipWhenOnlyAdds: true }) }),
      script: importScript(),
    });
    await scene.user.click(ferry());
    await waitFor(() => expect(scene.inputs('import.apply')).toHaveLength(1));
    expect(scene.inputs('import.apply')[0]).not.toHaveProperty('together');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});

describe('an import to several', () => {
  async function send(script: SceneOptions['script'] = {}): Promise<DialogScene> {
    const scene = await open({ script: { 'import.plan': () => ok(planned({ hash: 'there' })), ...script } });
    tick(/^NAS/);
    tick(/^vps/);
    await screen.findByRole('button', { name: 'Import to 3 CLIProxyAPIs' });
    press('Import to 3 CLIProxyAPIs');
    await screen.findByRole('dialog', { name: /^(?:Key “Work key”|The import of)/ });
    return scene;
  }

  test('is sent side by side with the plan of each and one id, and each says how it ended', async () => {
    const scene = await send({
      'import.apply': applied({
        nas: {
          kind: 'proved',
          card: proved({ importId: 'n', total: 2, served: 1, missing: [missing('not-listed')] }),
        },
        vps: { kind: 'failed', failure: { code: 'unreachable', host: 'vps' } },
      }),
    });
    const orders = scene.inputs('import.apply');
    expect(sentTo(scene, 'import.apply')).toEqual(['', 'nas', 'vps']);
    expect(orders.map(({ planHash }) => planHash)).toEqual(['hash-1', 'there', 'there']);
    expect(new Set(orders.map(({ together }) => together)).size).toBe(1);
    expect(orders[0]?.together).toEqual(expect.any(String));
    await waitFor(() =>
      expect(lineOf('NAS')).toHaveTextContent('1 of 2 models are served through this key.'),
    );
    expect(lineOf('vps')).toHaveTextContent('Nothing answers at vps');
    expect(dialogOf()).toHaveTextContent('All 2 models are served through this key.');
  });

  test('is taken back everywhere with one undo', async () => {
    const scene = await send({
      'import.apply': applied({}),
      'import.undo': () => ok({ kind: 'undone' }),
    });
    await waitFor(() => expect(lineOf('NAS')).toHaveTextContent('All 2 models are served'));
    press('Undo everywhere');
    const { together } = scene.inputs('import.apply')[0]!;
    await waitFor(() => expect(scene.inputs('import.undo')).toEqual([{ importId: together }]));
  });

  test('is not taken back while it is under way at one: that one would be written after it', async () => {
    let end = (): void => undefined;
    const scene = await send({
      'import.apply': async (_input, proxyId) => {
        if (proxyId === 'nas') await new Promise<void>((resolve) => (end = resolve));
        return ok({ kind: 'proved', card: proved({ total: 2, served: 2 }) });
      },
      'import.undo': () => ok({ kind: 'undone' }),
    });
    await waitFor(() => expect(lineOf('vps')).toHaveTextContent('All 2 models are served'));
    press(/^Undo/);
    expect(scene.inputs('import.undo')).toEqual([]);
    act(() => end());
    await waitFor(() => expect(lineOf('NAS')).toHaveTextContent('All 2 models are served'));
    press(/^Undo/);
    await waitFor(() => expect(scene.inputs('import.undo')).toHaveLength(1));
  });

  test('that failed at the first is still taken back at the others', async () => {
    const scene = await send({
      'import.apply': (_input, proxyId) =>
        !proxyId
          ? ok({ kind: 'failed', failure: { code: 'unreachable', host: 'localhost:8317' } })
          : ok({ kind: 'proved', card: proved() }),
      'import.undo': () => ok({ kind: 'undone' }),
    });
    press('Undo everywhere');
    await waitFor(() => expect(scene.inputs('import.undo')).toHaveLength(1));
  });

  test('asks again for the one whose list has changed, and for that one only', async () => {
    let first = true;
    const scene = await send({
      'import.apply': (_input, proxyId) => {
        if (proxyId !== 'nas' || !first) return ok({ kind: 'proved', card: proved({ total: 2, served: 2 }) });
        first = false;
        return ok({ kind: 'replan', planned: planned({ hash: 'newer' }) });
      },
    });
    await waitFor(() => expect(lineOf('NAS')).toHaveTextContent('Nothing was written there'));
    expect(lineOf('vps')).toHaveTextContent('All 2 models are served');
    press('Import there too');
    await waitFor(() => expect(lineOf('NAS')).toHaveTextContent('All 2 models are served'));
    const [, , , again] = scene.inputs('import.apply');
    expect(again).toMatchObject({ planHash: 'newer', together: scene.inputs('import.apply')[0]!.together });
    expect(sentTo(scene, 'import.apply')).toEqual(['', 'nas', 'vps', 'nas']);
  });

  test('shows at the first the new plan, with what the others came to beside it', async () => {
    let first = true;
    const scene = await open({
      script: {
        'import.plan': () => ok(planned()),
        'import.apply': (_input, proxyId) => {
          if (proxyId || !first) return ok({ kind: 'proved', card: proved({ total: 2, served: 2 }) });
          first = false;
          return ok({ kind: 'replan', planned: planned({ hash: 'newer' }) });
        },
      },
    });
    tick(/^NAS/);
    await screen.findByRole('button', { name: 'Import to 2 CLIProxyAPIs' });
    press('Import to 2 CLIProxyAPIs');
    await screen.findByText(/^Nothing was written: the list in CLIProxyAPI has changed/);
    await waitFor(() => expect(lineOf('NAS')).toHaveTextContent('All 2 models are served'));
    expect(box(/^NAS/)).toBeChecked();
    expect(box(/^NAS/)).toBeDisabled();
    press('Import key with 2 models');
    await screen.findByRole('dialog', { name: /^Key “Work key” imported/ });
    expect(sentTo(scene, 'import.apply')).toEqual(['', 'nas', '']);
    expect(new Set(scene.inputs('import.apply').map(({ together }) => together)).size).toBe(1);
  });

  test('does not wait for one that is still being planned: it may be sent after the others', async () => {
    let answer = (): void => {};
    const slow = new Promise<void>((resolve) => (answer = resolve));
    const scene = await open({
      script: { 'import.plan': () => slow.then(() => ok(planned({ hash: 'late' }))) },
    });
    tick(/^NAS/);
    expect(lineOf('NAS')).toHaveTextContent('Reading its list…');
    press('Import key with 2 models');
    await screen.findByRole('dialog', { name: /^Key “Work key” imported/ });
    answer();
    await act(async () => slow);
    await screen.findByRole('button', { name: 'Import there too' });
    press('Import there too');
    await waitFor(() => expect(sentTo(scene, 'import.apply')).toEqual(['', 'nas']));
    const [own, there] = scene.inputs('import.apply');
    expect(there?.together).toBe(own?.together);
  });

  test('says how far each is, stops one, and asks one again', async () => {
    let answer = (): void => {};
    const slow = new Promise<void>((resolve) => (answer = resolve));
    const scene = await send({
      'import.apply': (_input, proxyId) =>
        proxyId === 'nas'
          ? slow.then(() =>
              ok({
                kind: 'proved' as const,
                card: proved({ total: 2, served: 1, missing: [missing('not-listed')] }),
              }),
            )
          : ok({ kind: 'proved', card: proved({ total: 2, served: 2 }) }),
      'import.ask-again': () => ok({ kind: 'proved', card: proved() }),
    });
    const at = (standing: object) => [
      keyView({ others: [{ proxyId: 'nas', running: null, card: null, presence: 'absent', ...standing }] }),
    ];
    await act(() =>
      scene.change({ keys: at({ running: running({ stage: 'asking', served: 1, total: 2 }) }) }),
    );
    expect(lineOf('NAS')).toHaveTextContent('Checking models… 1 of 2');
    act(() => within(lineOf('NAS')).getByRole('button', { name: 'Stop checking' }).click());
    await act(() => scene.change({ keys: at({}) }));
    answer();
    await waitFor(() => expect(lineOf('NAS')).toHaveTextContent('1 of 2 models are served'));
    act(() => within(lineOf('NAS')).getByRole('button', { name: 'Check again' }).click());
    await act(() => scene.change({ keys: at({ card: proved({ at: 9, total: 2, served: 2 }) }) }));
    await waitFor(() => expect(lineOf('NAS')).toHaveTextContent('All 2 models are served'));
    expect([sentTo(scene, 'work.stop'), sentTo(scene, 'import.ask-again')]).toEqual([['nas'], ['nas']]);
  });

  test('goes on when its sheet is closed, and is told where it could not be asked', async () => {
    let answer = (): void => {};
    const slow = new Promise<void>((resolve) => (answer = resolve));
    const scene = await send({
      'import.apply': (_input, proxyId) =>
        proxyId === 'nas'
          ? slow.then(() => fail({ code: 'worker-gone' }))
          : ok({ kind: 'proved', card: proved() }),
    });
    await scene.user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    answer();
    await waitFor(() => expect(scene.toasts).toHaveLength(1));
    expect(scene.toasts[0]).toContain('“Work key”');
  });
});

test('a draft without models is planned at the others, too, and says there why it cannot be', async () => {
  await openFull(
    { draft: draftOf({ models: [] }), planned: { kind: 'failed', failure: { code: 'no-models' } } },
    {
      view: three(),
      script: { 'import.plan': () => ok({ kind: 'failed', failure: { code: 'no-models' } }) },
    },
  );
  tick(/^NAS/);
  await waitFor(() => expect(within(lineOf('NAS')).getByRole('status')).toBeVisible());
  expect(screen.getByRole('button', { name: /^Import key/ })).toBeDisabled();
});

describe('where the CLIProxyAPI that the page looks at takes nothing', () => {
  const down = { code: 'unreachable', host: 'laptop:8317' } as const;
  /** Pictures of each as the page looks at it. */
  const pictures: SceneOptions['script'] = {
    view: (_input, proxyId) =>
      ok(
        view(
          proxyId === 'nas'
            ? { connection: NAS, others: [connectionView({ name: 'Laptop' }), VPS] }
            : three(),
        ),
      ),
  };

  test('another is one click away: the page looks at it, and the plan there is shown', async () => {
    const scene = await open({
      script: {
        ...pictures,
        'import.open': (_input, proxyId) =>
          proxyId === 'nas' ? ok(openedImport({ proxyHost: 'NAS' })) : fail(down),
      },
    });
    expect(dialogOf()).toHaveTextContent('Nothing answers at laptop:8317');
    expect(screen.getByRole('button', { name: 'Import to “vps” instead…' })).toBeVisible();
    press('Import to “NAS” instead…');
    await screen.findByRole('button', { name: 'Import key with 2 models' });
    expect(sentTo(scene, 'import.open')).toEqual(['', 'nas']);
    expect(box(/^Laptop/)).not.toBeChecked();
    press('Import key with 2 models');
    await waitFor(() => expect(sentTo(scene, 'import.apply')).toEqual(['nas']));
  });

  test('what was chosen stays chosen there, but for the entry of the first; ticks stay, too', async () => {
    const target = { kind: 'join', ref: { index: 0, name: 'x', baseUrl: 'https://x' } } as const;
    const scene = await openFull(
      { proxyHost: 'Laptop' },
      {
        view: three(),
        script: {
          ...pictures,
          'import.plan': ({ draft }, proxyId) =>
            ok(
              proxyId
                ? planned({ models: draft.models.length })
                : {
                    kind: 'failed',
                    failure: { code: 'list-too-new', list: draft.list, version: '7.2.1', since: '7.2.51' },
                  },
            ),
        },
      },
    );
    tick(/^NAS/);
    tick(/^vps/);
    const draft = draftOf({ list: 'interactions-api-key', providerName: 'Mine', target });
    act(() => scene.imports.edit(draft));
    await act(async () => (await screen.findByRole('button', { name: 'Import to “NAS” instead…' })).click());
    await waitFor(() => expect(box(/^vps/)).toBeChecked());
    expect(scene.draft()).toEqual({ ...draft, target: { kind: 'auto' } });
    expect(box(/^Laptop/)).not.toBeChecked();
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Import to 2 CLIProxyAPIs' })).toBeEnabled(),
    );
    press('Import to 2 CLIProxyAPIs');
    await waitFor(() => expect(sentTo(scene, 'import.apply')).toEqual(['nas', 'vps']));
  });

  test('those that it was sent to with the first are not offered again', async () => {
    await open({
      script: {
        'import.apply': (_input, proxyId) =>
          ok(proxyId ? { kind: 'proved', card: proved() } : { kind: 'failed', failure: down }),
      },
    });
    tick(/^NAS/);
    await screen.findByRole('button', { name: 'Import to 2 CLIProxyAPIs' });
    press('Import to 2 CLIProxyAPIs');
    expect(await screen.findByRole('button', { name: 'Import to “vps” instead…' })).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Import to “NAS”/ })).not.toBeInTheDocument();
  });

  test.each<[string, Failure, Partial<View>]>([
    ['with one CLIProxyAPI', down, {}],
    ['where the relay refuses', { code: 'relay-login', host: 'r1.example' }, three()],
  ])('nothing of it is seen %s', async (_, failure, picture) => {
    await openSheet({}, { view: picture, script: { 'import.open': () => fail(failure) } });
    expect(screen.queryByRole('button', { name: /instead…$/ })).not.toBeInTheDocument();
  });
});
