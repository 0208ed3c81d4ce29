// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import type { MessageInput } from '../../../src/contract/messages';
import type { KeyVerdict } from '../../../src/core/accounts/key-verdict';
import { fail, ok, type Result } from '../../../src/core/failures/result';
import type { Language } from '../../../src/ui/i18n';
import { PasteLayer } from '../../../src/ui/paste/paste-layer';
import { enter, renderPage, settle, type Scene } from '../render-page';
import type { Script } from '../scripted-worker';

const key = (number: number): string => `sk-Labk${String(number).padStart(4, '0')}FakeFakeFakeFake`;
type Input = MessageInput<'keys.add'>;

/** A worker that knows some of the keys by a name. */
const knowing =
  (names: Record<string, string> = {}) =>
  ({ keys }: Input): Result<KeyVerdict[]> =>
    ok(
      keys.map((one): KeyVerdict => {
        const name = names[one.key];
        return name === undefined ? { kind: 'added' } : { kind: 'known', name };
      }),
    );

interface Form extends Scene {
  onClose: ReturnType<typeof vi.fn<() => void>>;
}

async function show(script: Script = { 'keys.add': knowing() }, language: Language = 'en'): Promise<Form> {
  const onClose = vi.fn<() => void>();
  return { ...(await renderPage(<PasteLayer onClose={onClose} />, { script, language })), onClose };
}

const area = (): HTMLElement => screen.getByLabelText('Paste anything with keys in it');
const button = (name: string): HTMLElement => screen.getByRole('button', { name });
const rows = (): string[] => screen.queryAllByRole('listitem').map((row) => row.textContent);
const kept = (scene: Scene): Input[] => scene.inputs('keys.add').filter(({ dry }) => !dry);

describe('what was pasted', () => {
  test('is shown line by line with what it is, before anything is kept', async () => {
    const scene = await show({ 'keys.add': knowing({ [key(2)]: 'Old key' }) });
    await enter(
      scene,
      area(),
      [
        'Hoshi',
        'https://r1.example',
        key(1),
        key(2),
        key(1),
        'Labt**********0002',
        'NODE_ENV=production',
        '',
        key(3),
        '',
        'https://r2.example',
        '',
        'Some words which nobody can make anything of at all, dear reader',
        key(4),
      ].join('\n'),
    );
    await waitFor(() => expect(rows()[0]).toContain('New'));
    expect(rows()).toEqual([
      'HoshiNewsk-Labk…Fakehttps://r1.example/v1from line 3',
      'HoshiAlready here as “Old key”sk-Labk…Fakehttps://r1.example/v1from line 4',
      'HoshiSame key as in line 3sk-Labk…Fakehttps://r1.example/v1from line 5',
      'HoshiMasked: not the whole keyLabt**********0002https://r1.example/v1from line 6',
      'NODE_ENV=productionNot understoodfrom line 7',
      'r2.exampleNewsk-Labk…Fakehttps://r2.example/v1from line 9',
      expect.stringMatching(/^Some words which nobody.*Not understoodfrom line 13$/),
      'sk-Labk…FakeNo address for this keyfrom line 14',
    ]);
    expect(screen.getByRole('status')).toHaveTextContent('5 keys found, 2 new.');
    expect(kept(scene)).toEqual([]);
    expect(rows().join()).not.toContain(key(1));
  });

  test('is asked about once for each key, also while it is typed on', async () => {
    const scene = await show();
    await enter(scene, area(), `https://r1.example ${key(1)}`);
    await waitFor(() => expect(rows()[0]).toContain('New'));
    await scene.user.type(area(), `{Enter}https://r1.example ${key(2)}`, { initialSelectionStart: 999 });
    await waitFor(() => expect(rows()[1]).toContain('New'));
    const asked = scene.inputs('keys.add').flatMap(({ keys }) => keys.map((one) => one.key));
    expect(asked.filter((one) => one === key(1))).toHaveLength(1);
  });

  test('has a place in the list also where nothing was understood, and none before', async () => {
    const scene = await show();
    expect(screen.queryByRole('list')).not.toBeInTheDocument();
    expect(area()).toHaveAccessibleDescription(/^Notes, \.env, curl/);
    await enter(scene, area(), '# a comment');
    expect(screen.getByRole('status')).toHaveTextContent('No keys found in this text.');
    expect(scene.inputs('keys.add')).toEqual([]);
  });

  test('is not read to its end when it is too large, which is said', async () => {
    const scene = await show();
    fireEvent.change(area(), { target: { value: `https://r1.example ${key(1)}\n${'x'.repeat(1_000_000)}` } });
    await waitFor(() => expect(rows()[0]).toContain('New'));
    expect(rows()[1]).toContain('the text is longer than 1 MB');
    expect(button('Add 1 key')).toBeEnabled();
    expect(scene.inputs('keys.add')).toHaveLength(1);
  });
});

describe('keys are added', () => {
  test('as many as are new, and the form is gone', async () => {
    const scene = await show({ 'keys.add': knowing({ [key(2)]: 'Old key' }) });
    expect(button('Add 0 keys')).toBeDisabled();
    await waitFor(() => expect(area()).toHaveFocus());
    await enter(scene, area(), `Hoshi https://r1.example ${key(1)}\n${key(2)}\n${key(3)}`);
    await waitFor(() => expect(button('Add 2 keys')).toBeEnabled());
    await scene.user.click(button('Add 2 keys'));
    expect(kept(scene)).toEqual([
      {
        keys: [
          { relayName: 'Hoshi', baseUrl: 'https://r1.example/v1', key: key(1) },
          { relayName: 'Hoshi', baseUrl: 'https://r1.example/v1', key: key(3) },
        ],
        dry: false,
      },
    ]);
    await waitFor(() => expect(scene.onClose).toHaveBeenCalledTimes(1));
    expect(scene.toasts).toEqual(['2 keys added']);
  });

  test('without those that are left out, and nothing is said to be sent', async () => {
    const scene = await show();
    await enter(scene, area(), `https://r1.example\n${key(1)}\n${key(2)}`);
    const boxes = await screen.findAllByRole('checkbox', { name: /^Add “r1\.example” sk-Labk…Fake$/ });
    expect(boxes).toHaveLength(2);
    await scene.user.click(boxes[0]!);
    expect(boxes[0]).not.toBeChecked();
    expect(screen.getByText('Saved on this device. Nothing is sent until you import.')).toBeVisible();
    await scene.user.click(button('Add 1 key'));
    await waitFor(() => expect(scene.onClose).toHaveBeenCalled());
    expect(kept(scene).flatMap(({ keys }) => keys.map((one) => one.key))).toEqual([key(2)]);
  });

  test('with Control and Enter', async () => {
    const scene = await show();
    await enter(scene, area(), `https://r1.example ${key(1)}`);
    await waitFor(() => expect(button('Add 1 key')).toBeEnabled());
    await scene.user.keyboard('{Control>}{Enter}{/Control}');
    expect(kept(scene)).toHaveLength(1);
  });

  test('with one address for those that have none', async () => {
    const scene = await show();
    await enter(scene, area(), `${key(1)}\n\n${key(2)}`);
    await waitFor(() => expect(rows()).toHaveLength(2));
    expect(button('Add 0 keys')).toBeDisabled();
    const field = screen.getByLabelText('Address for keys that have none');
    expect(field).toHaveAccessibleDescription('2 keys have no address.');
    await enter(scene, field, 'two words');
    expect(field).toHaveAccessibleDescription('“two words” is not a web address.');
    await enter(scene, field, 'r1.example');
    expect(field).toHaveAccessibleDescription('KeyFerry will use https://r1.example/v1');
    await waitFor(() => expect(button('Add 2 keys')).toBeEnabled());
    await scene.user.type(field, '{Enter}');
    expect(kept(scene)[0]?.keys.map(({ baseUrl }) => baseUrl)).toEqual([
      'https://r1.example/v1',
      'https://r1.example/v1',
    ]);
  });

  test('but not when they cannot be kept: that is said, and nothing is lost', async () => {
    const scene = await show({
      'keys.add': (input) => (input.dry ? knowing()(input) : fail({ code: 'storage-full' })),
    });
    await enter(scene, area(), `https://r1.example ${key(1)}`);
    await waitFor(() => expect(button('Add 1 key')).toBeEnabled());
    await scene.user.click(button('Add 1 key'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The browser’s storage for KeyFerry is full, so nothing could be saved.',
    );
    expect(area()).toHaveValue(`https://r1.example ${key(1)}`);
    expect(button('Add 1 key')).toBeEnabled();
    expect(scene.onClose).not.toHaveBeenCalled();
  });

  test('and what became of the others stands in their rows', async () => {
    const scene = await show({
      'keys.add': ({ keys, dry }) =>
        ok(
          keys.map(({ key: text }): KeyVerdict => {
            if (dry || text === key(1)) return { kind: 'added' };
            return text === key(2)
              ? { kind: 'known', name: 'Added meanwhile' }
              : { kind: 'refused', failure: { code: 'bad-key', reason: 'characters' } };
          }),
        ),
    });
    await enter(scene, area(), `https://r1.example\n${key(1)}\n${key(2)}\n${key(3)}`);
    await waitFor(() => expect(button('Add 3 keys')).toBeEnabled());
    await scene.user.click(button('Add 3 keys'));
    await waitFor(() => expect(rows()[0]).toContain('Already here as “r1.example”'));
    expect(rows()[1]).toContain('Already here as “Added meanwhile”');
    expect(rows()[2]).toContain('This is not a usable key.');
    expect(scene.toasts).toEqual(['1 key added']);
    expect(scene.onClose).not.toHaveBeenCalled();
    expect(button('Add 0 keys')).toBeDisabled();
  });

  test('not before the worker has said which are known; a worker that cannot say it is heard', async () => {
    let answer = (): void => {};
    const slow = new Promise<void>((resolve) => (answer = resolve));
    const scene = await show({ 'keys.add': () => slow.then(() => fail({ code: 'storage-unreadable' })) });
    await enter(scene, area(), `https://r1.example ${key(1)}`);
    await waitFor(() => expect(rows()[0]).toContain('Checking…'));
    expect(button('Add 0 keys')).toBeDisabled();
    answer();
    expect(await screen.findByRole('alert')).toHaveTextContent('KeyFerry cannot read the format');
    expect(kept(scene)).toEqual([]);
  });

  test('once, however often the button is pressed', async () => {
    let answer = (): void => {};
    const slow = new Promise<void>((resolve) => (answer = resolve));
    const scene = await show({
      'keys.add': (input) => (input.dry ? knowing()(input) : slow.then(() => knowing()(input))),
    });
    await enter(scene, area(), `https://r1.example ${key(1)}`);
    await waitFor(() => expect(button('Add 1 key')).toBeEnabled());
    await scene.user.click(button('Add 1 key'));
    await scene.user.click(button('Add 1 key'));
    await scene.user.type(area(), '{Control>}{Enter}{/Control}');
    answer();
    await waitFor(() => expect(scene.onClose).toHaveBeenCalled());
    expect(kept(scene)).toHaveLength(1);
  });
});

test('Cancel and Escape keep nothing, and nothing of the text stays', async () => {
  const scene = await show();
  await enter(scene, area(), `https://r1.example ${key(1)}`);
  await waitFor(() => expect(button('Add 1 key')).toBeEnabled());
  await scene.user.click(button('Cancel'));
  await scene.user.keyboard('{Escape}');
  expect(scene.onClose).toHaveBeenCalled();
  expect(kept(scene)).toEqual([]);
  const storage = [localStorage, sessionStorage].map((place) => JSON.stringify(place));
  expect(storage.join()).not.toContain(key(1));
});

test('a long list draws only what is in sight', async () => {
  const scene = await show();
  const lines = Array.from({ length: 1500 }, (_, index) => `https://r1.example ${key(index)}`);
  fireEvent.change(area(), { target: { value: lines.join('\n') } });
  await waitFor(() => expect(button('Add 1,500 keys')).toBeEnabled());
  const list = screen.getByRole('list', { name: 'Keys found' });
  expect(list).toHaveAttribute('tabindex', '0');
  const drawn = within(list).getAllByRole('listitem');
  expect(drawn.length).toBeLessThan(100);
  expect(drawn[0]).toHaveAttribute('aria-setsize', '1500');
  expect(scene.inputs('keys.add')).toHaveLength(1);
});

test('speaks Chinese', async () => {
  const scene = await show({ 'keys.add': knowing({ [key(2)]: '旧密钥' }) }, 'zh-CN');
  await enter(
    scene,
    screen.getByLabelText('粘贴任何含密钥的内容'),
    `https://r1.example\n${key(1)}\n${key(2)}\n${key(1)}`,
  );
  await waitFor(() => expect(button('添加 1 个密钥')).toBeEnabled());
  await settle();
  expect(rows()[1]).toContain('已有：“旧密钥”');
  expect(rows()[2]).toContain('与第 2 行的密钥相同');
});
