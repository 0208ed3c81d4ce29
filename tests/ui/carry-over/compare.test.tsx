// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { CarryItem, CarryOpened, CarryPlan } from '../../../src/core/carry-over/view';
import { fail, ok } from '../../../src/core/failures/result';
import { CompareSection } from '../../../src/ui/carry-over/section';
import { CliproxyapiPage } from '../../../src/ui/connection/cliproxyapi-page';
import { renderPage, setWidth, type Scene, type SceneOptions } from '../render-page';
import { connectionView } from '../samples';
import type { Script } from '../scripted-worker';

const NAS = connectionView({ id: 'nas', name: 'NAS', host: 'nas.example:8317', place: 1 });
const VPS = connectionView({ id: 'vps', name: '', host: 'vps.example:8317', place: 2 });

const item = (more: Partial<CarryItem> = {}): CarryItem => ({
  id: 'openai-compatibility h1',
  kind: 'entry',
  list: 'openai-compatibility',
  label: 'Hoshi',
  baseUrl: 'https://r1.example/v1',
  masks: ['sk-Hosh…0001'],
  models: 12,
  paused: false,
  into: null,
  ...more,
});

const KEYS = item({
  id: 'openai-compatibility h2',
  kind: 'keys',
  label: 'Kumo',
  models: 0,
  into: { label: 'Kumo here', paused: true },
});
const ASLEEP = item({ id: 'codex-api-key h3', list: 'codex-api-key', label: 'Neru', paused: true });
const MODELS = item({ id: 'openai-compatibility h4', kind: 'models', label: 'Yuki', models: 3 });

const opened = (more: Partial<Extract<CarryOpened, { kind: 'open' }>> = {}) =>
  ok({ kind: 'open' as const, items: [item(), KEYS, ASLEEP, MODELS], uncarried: [], ...more });

const plan = (more: Partial<CarryPlan> = {}): CarryPlan => ({
  entries: [
    {
      list: 'openai-compatibility',
      index: 4,
      label: 'Hoshi',
      baseUrl: 'https://r1.example/v1',
      goes: null,
      comes: true,
      changes: [
        { sign: '+', kind: 'provider', name: 'Hoshi', baseUrl: 'https://r1.example/v1' },
        { sign: '+', kind: 'keys', masks: ['sk-Hosh…0001'] },
      ],
      others: 0,
    },
  ],
  leftOut: [],
  unchanged: 0,
  rest: 4,
  hash: 'h1',
  pooled: { names: 0, others: [] },
  paused: [],
  gone: 0,
  uncarried: [],
  ...more,
});

const DONE = {
  kind: 'done' as const,
  importId: 'carry',
  rows: [{ label: 'Hoshi', paused: false, keys: 1, served: 1, dropped: [] }],
};

const show = (script: Script = {}, view: SceneOptions['view'] = {}): Promise<Scene> => {
  setWidth(1400);
  return renderPage(<CompareSection />, {
    script: {
      'carry.open': () => opened(),
      'carry.plan': () => ok({ kind: 'plan', plan: plan() }),
      'carry.apply': () => ok(DONE),
      ...script,
    },
    view: { connection: connectionView({ name: 'Laptop' }), others: [NAS], ...view },
  });
};

const press = async ({ user }: Scene, name: string | RegExp): Promise<void> =>
  user.click(await screen.findByRole('button', { name }));
const tick = async ({ user }: Scene, name: string): Promise<void> =>
  user.click(await screen.findByRole('checkbox', { name: `Select “${name}”` }));
const dialog = () => within(screen.getByRole('dialog'));
/** Compares, selects one, and shows its plan. */
async function showPlan(scene: Scene): Promise<void> {
  await press(scene, 'Compare');
  await tick(scene, 'Hoshi');
  await press(scene, 'Show plan');
  await screen.findByRole('dialog');
}

test('the page names the one that it looks at, and a plan the one that it changes', async () => {
  setWidth(1400);
  const scene = await renderPage(<CliproxyapiPage />, {
    view: { connection: connectionView({ name: 'Laptop' }), others: [NAS] },
    script: { 'carry.open': () => opened(), 'carry.plan': () => ok({ kind: 'plan', plan: plan() }) },
  });
  expect(screen.getByRole('heading', { name: 'What is in “Laptop”' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Show what is in “Laptop”' })).toBeInTheDocument();
  await press(scene, 'Swap');
  await showPlan(scene);
  expect(screen.getByRole('dialog')).toHaveTextContent('Already in “NAS”, unchanged: 4 providers');
});

describe('comparing', () => {
  test('is not there with one connection', async () => {
    const { container } = await show({}, { others: undefined });
    expect(container).toBeEmptyDOMElement();
  });

  test('is on the page of CLIProxyAPI where there is another', async () => {
    setWidth(1400);
    await renderPage(<CliproxyapiPage />, { view: { others: [NAS] } });
    expect(
      await screen.findByRole('heading', { name: 'Compare with another connection' }),
    ).toBeInTheDocument();
  });

  test('shows what is missing in groups, with masked keys and what is switched off', async () => {
    const scene = await show();
    await press(scene, 'Compare');
    for (const [group, label] of [
      ['Only in “NAS”', 'Hoshi'],
      ['Keys missing in “Laptop”', 'Kumo'],
      ['Models missing in “Laptop”', 'Yuki'],
    ] as const)
      expect(within(await screen.findByRole('list', { name: group })).getByText(label)).toBeInTheDocument();
    expect(screen.getAllByText('sk-Hosh…0001').length).toBeGreaterThan(0);
    expect(screen.getByText('Goes into “Kumo here”.')).toBeInTheDocument();
    expect(screen.getByText('Switched off in “Laptop”, and stays so.')).toBeInTheDocument();
    expect(screen.getByText('Switched off there, and stays so when it is added.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Show plan' })).toBeDisabled();
  });

  test('asks the one that things would go to, and the other way round once swapped', async () => {
    const scene = await show();
    const sent = (): unknown =>
      scene.asked.filter(({ name }) => name === 'carry.open').map((one) => ({ ...one, name: undefined }));
    await press(scene, 'Compare');
    await press(scene, 'Swap');
    expect(screen.getByText('Adds from “Laptop” to “NAS”')).toBeInTheDocument();
    // What was found the other way is gone.
    expect(screen.queryByRole('button', { name: 'Show plan' })).not.toBeInTheDocument();
    await press(scene, 'Compare');
    await waitFor(() =>
      expect(sent()).toMatchObject([
        { input: { from: 'nas' }, proxyId: 'first' },
        { input: { from: 'first' }, proxyId: 'nas' },
      ]),
    );
  });

  test('of several others one is chosen', async () => {
    const scene = await show({}, { others: [NAS, VPS] });
    await scene.user.selectOptions(
      screen.getByRole('combobox', { name: 'The other connection' }),
      'vps.example:8317',
    );
    await press(scene, 'Compare');
    expect(scene.inputs('carry.open')).toMatchObject([{ from: 'vps' }]);
  });

  test('says that nothing is missing', async () => {
    const scene = await show({ 'carry.open': () => opened({ items: [] }) });
    await press(scene, 'Compare');
    expect(await screen.findByRole('status')).toHaveTextContent(/^Nothing is missing: “Laptop” has every/);
  });

  test('says what cannot be added, and why, and does not claim that nothing is missing', async () => {
    const scene = await show({
      'carry.open': () =>
        opened({
          items: [],
          uncarried: [
            { list: 'meta-api-key', label: '', reason: 'unwritten', names: [] },
            { list: 'openai-compatibility', label: 'Hoshi', reason: 'taken', names: ['gpt-x'] },
          ],
        }),
    });
    await press(scene, 'Compare');
    expect(await screen.findByText(/KeyFerry does not write this list:/)).toHaveTextContent('meta-api-key');
    expect(screen.getByText(/has this name:/)).toHaveTextContent('Hoshi · gpt-x');
    expect(screen.getByRole('status')).toHaveTextContent(
      'Nothing that KeyFerry can add is missing in “Laptop”.',
    );
  });

  test.each([
    ['there', 'NAS'],
    ['here', 'Laptop'],
  ] as const)('says which of the two is banned, and until when: %s', async (side, name) => {
    const scene = await show({
      'carry.open': () =>
        ok({ kind: 'unread', side, failure: { code: 'banned', until: Date.now() + 60_000 } }),
    });
    await press(scene, 'Compare');
    expect(await screen.findByText(`“${name}” cannot be used for this now`)).toBeInTheDocument();
    expect(screen.getByText(/has banned this computer/)).toBeInTheDocument();
  });

  test('says that the worker did not answer', async () => {
    const scene = await show({ 'carry.open': () => fail({ code: 'locked' }) });
    await press(scene, 'Compare');
    expect(await screen.findByText(/locked/i)).toBeInTheDocument();
  });
});

describe('the plan', () => {
  test('is of what was selected, and says what comes switched off, is shared, changed and left out', async () => {
    const scene = await show({
      'carry.plan': () =>
        ok({
          kind: 'plan',
          plan: plan({
            paused: ['Neru'],
            pooled: { names: 2, others: ['Other'] },
            gone: 1,
            leftOut: [
              { id: '1', name: 'Omoi', mask: '', failure: { code: 'same-entry', list: 'gemini-api-key' } },
            ],
          }),
        }),
    });
    await showPlan(scene);
    expect(scene.inputs('carry.plan')).toEqual([{ from: 'nas', chosen: ['openai-compatibility h1'] }]);
    expect(dialog().getByText(/Adds 1 provider, 1 key\./)).toBeInTheDocument();
    expect(dialog().getByText('“Neru” is added switched off, as in “NAS”.')).toBeInTheDocument();
    expect(dialog().getByText(/2 names are served by several providers/)).toBeInTheDocument();
    expect(dialog().getByText(/1 selected entry changed since/)).toBeInTheDocument();
    expect(dialog().getByText('Omoi')).toBeInTheDocument();
  });

  test('cannot be carried out where nothing is left of it', async () => {
    const scene = await show({
      'carry.plan': () => ok({ kind: 'plan', plan: plan({ entries: [], gone: 1 }) }),
    });
    await showPlan(scene);
    expect(dialog().getByRole('button', { name: 'Add' })).toBeDisabled();
  });

  test('is carried out, told by entry, and undone', async () => {
    const scene = await show({
      'carry.apply': () =>
        ok({
          ...DONE,
          rows: [
            ...DONE.rows,
            { label: 'Kumo', paused: false, keys: 3, served: 1, dropped: ['new-field'] },
            { label: 'Neru', paused: true, keys: 1, served: 0, dropped: [] },
            { label: 'Sora', paused: false, keys: 0, served: 0, dropped: [] },
          ],
        }),
      'import.undo': () => ok({ kind: 'undone' }),
    });
    await showPlan(scene);
    await press(scene, 'Add');
    expect(await dialog().findByText('1 of 1 key served')).toBeInTheDocument();
    expect(scene.inputs('carry.apply')).toMatchObject([
      { from: 'nas', chosen: ['openai-compatibility h1'], hash: 'h1' },
    ]);
    expect(dialog().getByText('1 of 3 keys served')).toBeInTheDocument();
    expect(dialog().getByText('“Laptop” does not know and did not keep: new-field')).toBeInTheDocument();
    expect(dialog().getByText('Written, switched off')).toBeInTheDocument();
    expect(dialog().getByText('Written, nothing to check')).toBeInTheDocument();
    await press(scene, 'Undo');
    expect(scene.inputs('import.undo')).toMatchObject([{ importId: 'carry' }]);
    // What was found is old by then.
    expect(screen.queryByRole('button', { name: 'Show plan' })).not.toBeInTheDocument();
  });

  test('is shown anew where something changed since', async () => {
    let tries = 0;
    const scene = await show({
      'carry.apply': () => ok(tries++ === 0 ? { kind: 'replan', plan: plan({ hash: 'h2' }) } : DONE),
    });
    await showPlan(scene);
    await press(scene, 'Add');
    await press(scene, 'Add');
    expect(await dialog().findByText('Added to “Laptop”.')).toBeInTheDocument();
    expect(scene.inputs('carry.apply').map(({ hash }) => hash)).toEqual(['h1', 'h2']);
  });

  test.each([
    ['a list that failed after others', { ...DONE, failure: { code: 'file-differs' as const } }],
    ['a failure', { kind: 'failed' as const, failure: { code: 'file-differs' as const } }],
  ])('says %s', async (_, outcome) => {
    const scene = await show({ 'carry.apply': () => ok(outcome) });
    await showPlan(scene);
    await press(scene, 'Add');
    expect(await dialog().findByText(/config\.yaml/)).toBeInTheDocument();
    expect(dialog().queryByText('Added to “Laptop”.')).not.toBeInTheDocument();
  });

  test('that is closed while it is written says a change by a toast', async () => {
    let end = (): void => undefined;
    const scene = await show({
      'carry.apply': () =>
        new Promise((resolve) => {
          end = () => resolve(ok({ kind: 'replan', plan: plan() }));
        }),
    });
    await showPlan(scene);
    await press(scene, 'Add');
    await dialog().findByText('Writing to “Laptop” and reading it back…');
    await scene.user.keyboard('{Escape}');
    end();
    await waitFor(() => expect(scene.toasts).toHaveLength(1));
  });
});

test('in Chinese nothing is left in English', async () => {
  setWidth(1400);
  const scene = await renderPage(<CompareSection />, {
    language: 'zh-CN',
    script: { 'carry.open': () => opened() },
    view: { connection: connectionView({ name: 'Laptop' }), others: [NAS] },
  });
  await scene.user.click(screen.getByRole('button', { name: '比较' }));
  expect(await screen.findByRole('button', { name: '查看计划' })).toBeInTheDocument();
  expect(screen.getByText('加入“Kumo here”。')).toBeInTheDocument();
});
