// @vitest-environment happy-dom
import { act, screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import { targetOf, TARGETS } from '../../../src/core/handoff/targets';
import { ok } from '../../../src/core/failures/result';
import type { Settings } from '../../../src/core/view/settings';
import type { KeyView } from '../../../src/core/view/view';
import '../../../src/ui/handoff/handoff-layer';
import { HandoffHost } from '../../../src/ui/shell/handoff-host';
import '../../../src/ui/keys/more-menu';
import '../../../src/ui/handoff/send-menu';
import '../../../src/ui/handoff/send-key';
import { Keys } from '../open-dialog';
import { bringUp, enter, failing, renderPage, settle, type Scene, type SceneOptions } from '../render-page';
import { failureOf, keyView, proved, running, view as sampleView } from '../samples';

const SECRET = 'sk-LabSecretFake0001';
/** Of a user who wants the other targets at hand, too. */
const SETTINGS: Settings = {
  ...sampleView().settings,
  icons: ['copy', 'cherry-studio', 'cc-switch', 'new-api'].map((id) => ({ id, shown: true })),
};

/** The cards, and what is asked above them, as on the pages. */
function Page(): ReactNode {
  return (
    <>
      <Keys />
      <HandoffHost />
    </>
  );
}

interface Given {
  key?: Partial<KeyView>;
  settings?: Partial<Settings>;
  script?: SceneOptions['script'];
  page?: SceneOptions['page'];
}

const show = ({ key, settings, script, page }: Given = {}): Promise<Scene> =>
  renderPage(<Page />, {
    view: { keys: [keyView(key)], settings: { ...SETTINGS, ...settings } },
    script: {
      'key.text': () => ok(SECRET),
      'key.models': () => ok(['glm-4.6', 'gpt-4o', 'text-embedding-3-small']),
      ...script,
    },
    ...(page && { page }),
  });

const card = (): HTMLElement => screen.getByRole('listitem', { name: /^Work key/ });
const button = (name: string): HTMLElement => within(card()).getByRole('button', { name });
const dialog = (): HTMLElement => screen.getByRole('dialog');
const inDialog = (name: string): HTMLElement => within(dialog()).getByRole('button', { name });
const items = (): (string | null)[] => screen.getAllByRole('menuitem').map((item) => item.textContent);

/** Chooses something under More. */
const more = (name: string): Promise<void> => choose('More', name);

/** Chooses one of the targets that have no icon. */
const sendTo = (name: string): Promise<void> => choose('Send to', name);

async function choose(menu: string, name: string): Promise<void> {
  await bringUp(button(menu));
  await bringUp(screen.getByRole('menuitem', { name }));
}

const dataOf = (link: string): unknown =>
  JSON.parse(Buffer.from(new URL(link).searchParams.get('data')!, 'base64').toString('utf8'));

describe('the row of a card', () => {
  const row = (): (string | null)[] =>
    within(card())
      .getAllByRole('button')
      .map((one) => one.getAttribute('aria-label') ?? one.textContent);

  test('has copy as an icon, everything else in words, and More', async () => {
    const { icons: _icons, ...settings } = SETTINGS;
    await renderPage(<Page />, { view: { keys: [keyView({ card: proved() })], settings } });
    expect(row()).toEqual(['Undo', 'Copy key', 'Send to', 'Import again into CLIProxyAPI', 'More']);
  });

  test('has what the user chose, in the user’s order, and the rest under Send to', async () => {
    const icons = [
      { id: 'kilo-code', shown: true },
      { id: 'aionui', shown: true },
      { id: 'copy', shown: false },
    ];
    await show({ settings: { icons }, key: { accountId: 'a1' } });
    expect(row()).toEqual([
      'Save Kilo Code settings file',
      'Open in AionUI',
      'Send to',
      'Import into CLIProxyAPI',
      'More',
    ]);
    await bringUp(button('Send to'));
    expect(items()[0]).toBe('Copy keyC');
    expect(items().filter((item) => item?.startsWith('Open in'))).toHaveLength(7);
  });
});

describe('Send to', () => {
  test('says with a verb what each item does, and which letter does the same', async () => {
    await show({ settings: { icons: [{ id: 'copy', shown: false }] } });
    await bringUp(button('Send to'));
    expect(screen.getByRole('menu', { name: 'Send “Work key” to' })).toBeVisible();
    expect(items()).toEqual(
      expect.arrayContaining([
        'Copy keyC',
        'Open in Cherry StudioS',
        'Import into New APIN',
        'Copy Kelivo share code',
        'Save Kilo Code settings file',
      ]),
    );
  });

  test('copies a key whose icon is hidden, and says so', async () => {
    const { page, toasts } = await show({ settings: { icons: [{ id: 'copy', shown: false }] } });
    await sendTo('Copy key');
    await waitFor(() => expect(toasts).toEqual(['Copied']));
    expect(page.copied).toEqual([SECRET]);
  });
});

describe('More', () => {
  test('is a menu that the keyboard goes through and leaves', async () => {
    const { user } = await show();
    await bringUp(button('More'));
    expect(button('More')).toHaveAttribute('aria-expanded', 'true');
    const names = screen.getAllByRole('menuitem');
    expect(names[0]).toHaveFocus();
    await user.keyboard('{ArrowUp}');
    expect(names.at(-1)).toHaveFocus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(names[1]).toHaveFocus();
    await user.keyboard('{End}{Home}');
    expect(names[0]).toHaveFocus();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('menu')).not.toBeInTheDocument();
    expect(button('More')).toHaveFocus();
  });

  test('offers CLIProxyAPI’s entry only where there is one', async () => {
    await show({ key: { presence: 'absent', card: null } });
    await bringUp(button('More'));
    expect(items()).not.toContain('Manage in CLIProxyAPI');
    expect(items()).not.toContain('Refresh account');
  });

  test('tests a key at its relay, and copies the base URL', async () => {
    const { page, toasts, inputs } = await show();
    await more('Test key');
    await waitFor(() => expect(toasts).toEqual(['“Work key” works: its relay lists 3 models.']));
    expect(inputs('key.models')).toHaveLength(1);
    await more('Copy base URL');
    await waitFor(() => expect(toasts).toHaveLength(2));
    expect(page.copied).toEqual([expect.stringMatching(/\/v1$/)]);
  });

  test('keeps letters and arrows from the card that it belongs to', async () => {
    const { user, asked } = await show();
    await bringUp(button('More'));
    await user.keyboard('iczw/');
    expect(asked.map(({ name }) => name)).toEqual(['view']);
    expect(screen.getByRole('menu')).toContainElement(document.activeElement as HTMLElement);
  });

  test('closes when its button is pressed again', async () => {
    const { user } = await show();
    await bringUp(button('More'));
    await user.click(button('More'));
    expect(screen.queryByRole('menu')).not.toBeInTheDocument();
    await bringUp(button('More'));
    expect(screen.getByRole('menu')).toBeInTheDocument();
  });
});

describe('a program is opened', () => {
  test('after one note, with the key revealed and the link made for it', async () => {
    const { page, toasts, inputs, handoff } = await show();
    await bringUp(button('Open in Cherry Studio'));
    expect(dialog()).toHaveAccessibleName('Open in Cherry Studio');
    expect(dialog()).toHaveTextContent(
      'The key Work key (sk-Labk…0001) is handed to Cherry Studio, another program on this computer.',
    );
    expect(inputs('key.text')).toEqual([]);
    await bringUp(inDialog('Continue'));
    expect(page.links).toHaveLength(1);
    expect(dataOf(page.links[0]!)).toMatchObject({
      baseUrl: 'https://r1.example',
      apiKey: SECRET,
      name: 'Hoshi Relay',
    });
    expect(inputs('settings.save')).toEqual([{ settings: { ...SETTINGS, told: ['cherry-studio'] } }]);
    expect(toasts).toEqual(['Opened Cherry Studio. Confirm there.']);
    expect(handoff.getState()).toEqual({ kind: 'closed' });
    expect(document.body).not.toHaveTextContent(SECRET);
  });

  test('not at all where the user says no', async () => {
    const { page, asked } = await show();
    await bringUp(button('Open in Cherry Studio'));
    await bringUp(inDialog('Cancel'));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(page.links).toEqual([]);
    expect(asked.map(({ name }) => name)).toEqual(['view']);
  });

  test('at once where the user was told before; another program is told of by itself', async () => {
    const { page } = await show({ settings: { told: ['cherry-studio'] } });
    await bringUp(button('Open in Cherry Studio'));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(page.links).toHaveLength(1);
    await sendTo('Open in DeepChat');
    expect(dialog()).toHaveTextContent('is handed to DeepChat, another program');
    expect(page.links).toHaveLength(1);
  });

  test('once, however often it is clicked while the key is being revealed', async () => {
    let reveal = (): void => {};
    const revealed = new Promise<void>((resolve) => {
      reveal = resolve;
    });
    const { page } = await show({
      settings: { told: ['cherry-studio'] },
      script: { 'key.text': () => revealed.then(() => ok(SECRET)) },
    });
    await bringUp(button('Open in Cherry Studio'));
    await bringUp(button('Open in Cherry Studio'));
    await act(async () => {
      reveal();
      await settle();
    });
    expect(page.links).toHaveLength(1);
  });

  test('never without the key: why it could not be had is said', async () => {
    const { page, toasts } = await show({
      settings: { told: ['cherry-studio'] },
      script: { 'key.text': failing({ code: 'key-unrevealed', host: 'r1.example' }) },
    });
    await bringUp(button('Open in Cherry Studio'));
    expect(page.links).toEqual([]);
    expect(toasts).toEqual([
      expect.stringMatching(/^“Work key”: r1\.example does not give out the full key/),
    ]);
  });

  test.each(TARGETS.filter(({ kind }) => kind === 'link').map(({ id }) => id))('%s', async (id) => {
    const { page } = await show({ settings: { told: [id], icons: [{ id, shown: true }] } });
    await bringUp(button(`Open in ${targetOf(id).name}`));
    expect(page.links.map((link) => new URL(link).protocol)).toEqual([
      {
        'cherry-studio': 'cherrystudio:',
        'claude-code-router': 'ccr:',
        aionui: 'aionui:',
        deepchat: 'deepchat:',
        opencat: 'opencat:',
      }[id as string],
    ]);
  });
});

describe('letters on a card', () => {
  test('send to Cherry Studio and CC Switch, also when their icons are hidden', async () => {
    const icons = [
      { id: 'cherry-studio', shown: false },
      { id: 'cc-switch', shown: false },
    ];
    for (const settings of [{}, { icons }]) {
      const { user, container, handoff } = await show({ settings });
      card().focus();
      await user.keyboard('s');
      expect(await screen.findByRole('dialog', { name: 'Open in Cherry Studio' })).toBeVisible();
      act(() => handoff.close());
      card().focus();
      await user.keyboard('w');
      expect(await screen.findByRole('dialog', { name: 'Open in CC Switch' })).toBeVisible();
      container.remove();
      act(() => handoff.close());
    }
  });

  test('do nothing while an import is under way', async () => {
    const { user, asked, handoff } = await show({ key: { running: running() } });
    card().focus();
    await user.keyboard('swc');
    expect(asked.map(({ name }) => name)).toEqual(['view']);
    expect(handoff.getState()).toEqual({ kind: 'closed' });
  });
});

describe('CC Switch', () => {
  const app = (name: string): HTMLElement => within(dialog()).getByRole('radio', { name });
  const query = (page: Scene['page']): Record<string, string> =>
    Object.fromEntries(new URL(page.links[0]!).searchParams);

  test('proposes the app that the key speaks with, and says why and where it will ask', async () => {
    await show({ key: { relay: 'new-api', limits: ['claude-opus-4'] } });
    await bringUp(button('Open in CC Switch'));
    expect(app('Claude Code')).toBeChecked();
    expect(dialog()).toHaveTextContent('Suggested because this key works with Claude’s API.');
    expect(dialog()).toHaveTextContent('Claude Code will send requests to https://r1.example.');
  });

  test('goes by the models when nothing else tells, but never against the user', async () => {
    let list = (): void => {};
    const listed = new Promise<void>((resolve) => {
      list = resolve;
    });
    const { user } = await show({
      script: {
        'key.models': () => listed.then(() => ok(['gpt-5-codex'])),
      },
    });
    await bringUp(button('Open in CC Switch'));
    expect(app('OpenCode')).toBeChecked();
    await act(async () => {
      list();
      await settle();
    });
    expect(app('Codex')).toBeChecked();
    expect(dialog()).toHaveTextContent('Suggested because all models of this key are for Codex.');
    await user.click(app('Gemini CLI'));
    expect(dialog()).not.toHaveTextContent('Proposed');
    expect(dialog()).toHaveTextContent('Gemini CLI will send requests to https://r1.example.');
  });

  test('opens with app, model, name and whether to switch, and says that it is to be confirmed', async () => {
    const scene = await show();
    await bringUp(button('Open in CC Switch'));
    expect(inDialog('Open CC Switch')).toHaveFocus();
    await scene.user.click(app('Codex'));
    await enter(scene, within(dialog()).getByLabelText('Model'), 'gpt-4o');
    await enter(scene, within(dialog()).getByLabelText('Name in CC Switch'), "Mine (it's)");
    await scene.user.click(
      within(dialog()).getByRole('checkbox', { name: 'Let Codex use this key at once' }),
    );
    await bringUp(inDialog('Open CC Switch'));
    expect(query(scene.page)).toEqual({
      resource: 'provider',
      app: 'codex',
      name: "Mine (it's)",
      endpoint: 'https://r1.example/v1',
      apiKey: SECRET,
      homepage: 'https://r1.example',
      model: 'gpt-4o',
      enabled: 'true',
    });
    expect(scene.toasts).toEqual(['Opened CC Switch. Confirm there.']);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  test('is told the name of relay and key, since it makes a provider of each key', async () => {
    const { page } = await show();
    await bringUp(button('Open in CC Switch'));
    await bringUp(inDialog('Open CC Switch'));
    expect(query(page)).toMatchObject({ name: 'Hoshi Relay · Work key', enabled: 'false' });
    expect(query(page)).not.toHaveProperty('model');
  });

  test('offers the models that can chat', async () => {
    const { inputs } = await show();
    await bringUp(button('Open in CC Switch'));
    const options = [...dialog().querySelectorAll('datalist option')].map((option) =>
      option.getAttribute('value'),
    );
    expect(options).toEqual(['glm-4.6', 'gpt-4o']);
    expect(inputs('key.models')).toEqual([{ keyId: 'k1' }]);
    expect(dialog()).toHaveTextContent('2 models are available');
  });

  test('takes a typed model where the relay lists none', async () => {
    const scene = await show({
      script: { 'key.models': failing({ code: 'relay-empty', host: 'r1.example' }) },
    });
    await bringUp(button('Open in CC Switch'));
    expect(dialog()).toHaveTextContent('Leave empty to let OpenCode choose.');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    await enter(scene, within(dialog()).getByLabelText('Model'), 'my-model');
    await bringUp(inDialog('Open CC Switch'));
    expect(query(scene.page)).toMatchObject({ model: 'my-model' });
  });

  test('stays open when the key cannot be had, and offers what helps', async () => {
    const { page, user } = await show({
      script: { 'key.text': failing({ code: 'relay-permission', host: 'r1.example' }) },
    });
    await bringUp(button('Open in CC Switch'));
    await bringUp(inDialog('Open CC Switch'));
    expect(within(dialog()).getByRole('alert')).toHaveTextContent(
      'KeyFerry does not have permission to access r1.example yet.',
    );
    await user.click(inDialog('Allow access to r1.example'));
    expect(page.requested).toEqual(['*://r1.example/*']);
    expect(page.links).toEqual([]);
  });
});

describe('a web program', () => {
  test('is opened at the user’s own address, which is remembered; that the key stands in it is said', async () => {
    const scene = await show();
    await sendTo('Open in LobeChat');
    expect(dialog()).toHaveTextContent('history keeps it, and the server of that site sees it');
    await enter(scene, within(dialog()).getByLabelText('Address of your LobeChat'), 'lobe.example/');
    await bringUp(inDialog('Open LobeChat'));
    expect(scene.page.links.map((link) => new URL(link).origin)).toEqual(['https://lobe.example']);
    expect(scene.inputs('settings.save')).toEqual([
      { settings: { ...SETTINGS, sites: { lobechat: 'https://lobe.example' } } },
    ]);
  });

  test('is asked for again with the address that it had', async () => {
    const { page } = await show({ settings: { sites: { nextchat: 'https://chat.example' } } });
    await sendTo('Open in NextChat');
    expect(within(dialog()).getByLabelText('Address of your NextChat')).toHaveValue('https://chat.example');
    await bringUp(inDialog('Open NextChat'));
    expect(page.links[0]).toMatch(/^https:\/\/chat\.example\/#\/\?settings=/);
  });

  test('gets no key over plain http through the open net', async () => {
    const scene = await show();
    await sendTo('Open in NextChat');
    await enter(scene, within(dialog()).getByLabelText('Address of your NextChat'), 'http://chat.example');
    await bringUp(inDialog('Open NextChat'));
    expect(dialog()).toHaveTextContent('Enter an https address.');
    expect(scene.page.links).toEqual([]);
    expect(scene.inputs('key.text')).toEqual([]);
  });
});

describe('Copy as', () => {
  const preview = (): HTMLElement => within(dialog()).getByLabelText('Text that will be copied');

  test('shows the text with a masked key, and asks for the key only to show or to copy it', async () => {
    const { inputs, page, toasts } = await show();
    await sendTo('Copy as…');
    expect(preview().textContent).toBe('https://r1.example/v1\nsk-Labk…0001\n');
    expect(inputs('key.text')).toEqual([]);
    await bringUp(inDialog('Show key'));
    expect(preview().textContent).toBe(`https://r1.example/v1\n${SECRET}\n`);
    await bringUp(inDialog('Hide key'));
    expect(preview()).not.toHaveTextContent(SECRET);
    await bringUp(inDialog('Copy'));
    expect(page.copied).toEqual([`https://r1.example/v1\n${SECRET}\n`]);
    expect(toasts).toEqual(['Copied']);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  test('says that the clipboard will be emptied only where it will', async () => {
    const { toasts } = await show({ page: { clears: true } });
    await sendTo('Copy as…');
    await bringUp(inDialog('Copy'));
    expect(toasts).toEqual(['Copied. In a minute the clipboard is emptied, if this page is still open.']);
  });

  test('asks for the models only where the form has a place for them', async () => {
    const { user, inputs } = await show();
    await sendTo('Copy as…');
    const form = within(dialog()).getByLabelText('Form');
    await user.selectOptions(form, 'curl');
    expect(preview()).toHaveTextContent('Authorization: Bearer sk-Labk…0001');
    expect(inputs('key.models')).toEqual([]);
    await user.selectOptions(form, 'CLIProxyAPI YAML');
    await waitFor(() => expect(preview()).toHaveTextContent('- name: "glm-4.6"'));
    expect(preview()).not.toHaveTextContent('embedding');
    expect(inputs('key.models')).toHaveLength(1);
  });

  test('opens at Kelivo’s code, whose hidden form shows nothing of it', async () => {
    const { page } = await show();
    await sendTo('Copy Kelivo share code');
    expect(preview().textContent).toBe('ai-provider:v1:…');
    await bringUp(inDialog('Copy'));
    expect(page.copied[0]).toMatch(/^ai-provider:v1:[\w+/]{20,}=*$/);
  });

  test('says why the key cannot be shown', async () => {
    await show({ script: { 'key.text': failing(failureOf('relay-rate-limited')) } });
    await sendTo('Copy as…');
    await bringUp(inDialog('Show key'));
    expect(within(dialog()).getByRole('alert')).toHaveTextContent(
      'h1.example accepts no more requests for now (429).',
    );
    expect(preview()).toHaveTextContent('sk-Labk…0001');
  });
});

describe('a relay that the browser may not reach', () => {
  const shut = (): Promise<Scene> =>
    show({ script: { 'key.models': failing({ code: 'relay-permission', host: 'r1.example' }) } });

  test.each([
    ['CC Switch', () => bringUp(button('Open in CC Switch'))],
    ['Kilo Code', () => sendTo('Save Kilo Code settings file')],
  ])('can be allowed in the form of %s, which lists its models then', async (_name, openForm) => {
    const scene = await shut();
    await openForm();
    scene.answer({ 'key.models': () => ok(['gpt-4o', 'o3']) });
    await bringUp(inDialog('Allow access to r1.example'));
    expect(scene.page.requested).toEqual(['*://r1.example/*']);
    expect(dialog()).toHaveTextContent('2 ');
    expect(dialog().querySelectorAll('datalist option')).toHaveLength(2);
    expect(dialog()).not.toHaveTextContent('may not reach');
  });

  test('is said where a copied text lacks its models, and only there', async () => {
    const { user } = await shut();
    await sendTo('Copy as…');
    expect(dialog()).not.toHaveTextContent('may not reach');
    await user.selectOptions(within(dialog()).getByLabelText('Form'), 'CLIProxyAPI YAML');
    await waitFor(() =>
      expect(dialog()).toHaveTextContent('KeyFerry does not have permission to access r1.example yet.'),
    );
    await user.selectOptions(within(dialog()).getByLabelText('Form'), 'curl');
    expect(dialog()).not.toHaveTextContent('may not reach');
  });
});

describe('Kilo Code', () => {
  test('gets a file with the models of the key, and it is said what to do with it', async () => {
    const { page, toasts } = await show();
    await sendTo('Save Kilo Code settings file');
    expect(within(dialog()).getByLabelText('Model to start with')).toHaveValue('glm-4.6');
    expect(dialog()).toHaveTextContent('The file contains all 2 chat models of this key.');
    await bringUp(inDialog('Save kilo-settings.json'));
    expect(page.saved.map(({ name }) => name)).toEqual(['kilo-settings.json']);
    const { provider } = JSON.parse(page.saved[0]!.text) as { provider: Record<string, object> };
    expect(Object.values(provider)).toEqual([
      expect.objectContaining({ options: { apiKey: SECRET, baseURL: 'https://r1.example/v1' } }),
    ]);
    expect(toasts).toEqual(['kilo-settings.json saved. Import it in Kilo Code.']);
  });

  test('is not given a file without a model', async () => {
    const scene = await show({
      script: { 'key.models': failing({ code: 'relay-empty', host: 'r1.example' }) },
    });
    await sendTo('Save Kilo Code settings file');
    await bringUp(inDialog('Save kilo-settings.json'));
    expect(dialog()).toHaveTextContent('Enter a model. Without one, Kilo Code ignores the provider.');
    expect(scene.page.saved).toEqual([]);
    await enter(scene, within(dialog()).getByLabelText('Model to start with'), 'my-model');
    await bringUp(inDialog('Save kilo-settings.json'));
    expect(scene.page.saved[0]!.text).toContain('/my-model"');
  });
});

test('what is asked goes away with its key', async () => {
  const { change } = await show();
  await bringUp(button('Open in CC Switch'));
  expect(dialog()).toBeVisible();
  await act(() => change({ keys: [] }));
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});
