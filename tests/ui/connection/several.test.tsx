// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { ok } from '../../../src/core/failures/result';
import type { View } from '../../../src/core/view/view';
import '../../../src/ui/connection/add-connection';
import '../../../src/ui/connection/connection-list';
import '../../../src/ui/connection/name-fields';
import '../../../src/ui/connection/switcher';
import '../../../src/ui/keys/standing/signs';
import { CliproxyapiPage } from '../../../src/ui/connection/cliproxyapi-page';
import { ConnectionPill } from '../../../src/ui/connection/connection-pill';
import { SignsOf } from '../../../src/ui/keys/standing/signs-of';
import { createLooking } from '../../../src/ui/shell/looking';
import { createViewStore } from '../../../src/ui/view-store';
import { bringUp, fakePage, renderPage } from '../render-page';
import { connectionView, keyView, proved, view } from '../samples';
import { scriptedWorker } from '../scripted-worker';

const NAS = connectionView({
  id: 'nas',
  name: 'NAS',
  colour: 'green',
  place: 1,
  host: 'nas.example:8317',
  checkedAt: null,
});
const TWO: Partial<View> = { connection: connectionView(), others: [NAS] };

const rows = (): HTMLElement[] =>
  within(screen.getByRole('region', { name: 'CLIProxyAPI connections' })).getAllByRole('listitem');

describe('the page of CLIProxyAPI', () => {
  test('with one connection has neither list nor name, and a way to connect another', async () => {
    const { inputs, user } = await renderPage(<CliproxyapiPage />, {
      script: { 'connection.add': () => ok('new'), 'connection.check': () => ok(REPORT) },
    });
    expect(screen.queryByRole('region', { name: 'CLIProxyAPI connections' })).toBeNull();
    expect(screen.queryByLabelText('Name')).toBeNull();
    await bringUp(screen.getByRole('button', { name: 'Connect another CLIProxyAPI…' }));
    const form = within(screen.getByRole('region', { name: 'Connect another CLIProxyAPI' }));
    await user.type(form.getByLabelText('Name'), 'NAS');
    await user.type(form.getByLabelText('Management base URL'), 'nas.example:8317');
    await user.type(form.getByLabelText('Management key'), 'mk-fake-of-the-nas');
    await user.click(form.getByLabelText('Violet'));
    await user.click(form.getByRole('button', { name: 'Connect' }));
    expect(inputs('connection.add')).toEqual([
      {
        name: 'NAS',
        colour: 'violet',
        address: 'nas.example:8317',
        managementKey: 'mk-fake-of-the-nas',
        remember: 'device',
      },
    ]);
  });

  test('checks the one that was added, and asks nothing of the first', async () => {
    const { asked, user } = await renderPage(<CliproxyapiPage />, {
      script: { 'connection.add': () => ok('new'), 'connection.check': () => ok(REPORT) },
    });
    await bringUp(screen.getByRole('button', { name: 'Connect another CLIProxyAPI…' }));
    const form = within(screen.getByRole('region', { name: 'Connect another CLIProxyAPI' }));
    await user.type(form.getByLabelText('Management base URL'), 'localhost:9000');
    await user.type(form.getByLabelText('Management key'), 'mk-fake');
    await user.click(form.getByRole('button', { name: 'Connect' }));
    await expect
      .poll(() => asked.find(({ name }) => name === 'connection.check'))
      .toMatchObject({ proxyId: 'new' });
    await expect.poll(() => screen.queryByRole('region', { name: 'Connect another CLIProxyAPI' })).toBeNull();
  });

  test('lists several with their state, and moves one up', async () => {
    const { inputs, user } = await renderPage(<CliproxyapiPage />, {
      view: TWO,
      script: { 'connection.arrange': () => ok(true) },
    });
    const [first, second] = rows();
    expect(first).toHaveTextContent('localhost:8317First');
    expect(second).toHaveTextContent('NASnas.example:8317Not checked');
    await user.click(screen.getByRole('button', { name: 'Move “NAS” up' }));
    expect(inputs('connection.arrange')).toEqual([{ ids: ['nas', 'first'] }]);
    expect(screen.getByRole('button', { name: 'Move “localhost:8317” up' })).toBeDisabled();
  });

  test('shows another one, and then saves and checks that one', async () => {
    const { asked, user } = await renderPage(<CliproxyapiPage />, {
      view: TWO,
      script: { 'connection.save': () => ok(true), 'connection.check': () => ok(REPORT) },
    });
    await user.click(screen.getByRole('button', { name: 'Show “NAS”' }));
    await user.type(screen.getByLabelText('Name'), 'Box');
    await user.click(screen.getByRole('button', { name: 'Save and check' }));
    expect(asked.filter(({ name }) => name.startsWith('connection.'))).toMatchObject([
      { name: 'connection.save', proxyId: 'nas', input: { name: 'Box' } },
      { name: 'connection.check', proxyId: 'nas' },
    ]);
  });
});

const REPORT = { at: 0, tookMs: 1, passed: [], failure: null, found: null };

test('the pill of several says which one is shown, and leads to the others', async () => {
  const { asked, user, page } = await renderPage(<ConnectionPill />, { view: TWO });
  const pill = await screen.findByRole('button', { name: /CLIProxyAPI “localhost:8317”: Connected/ });
  await bringUp(pill);
  const items = screen.getAllByRole('menuitem');
  expect(items.map(({ textContent }) => textContent)).toEqual([
    'Llocalhost:8317Connected',
    'NNASNot checked',
    'Connections…',
  ]);
  await user.click(items[1]!);
  expect(asked.at(-1)).toMatchObject({ name: 'view', proxyId: 'nas' });
  await bringUp(pill);
  await user.click(screen.getByRole('menuitem', { name: 'Connections…' }));
  expect(page.opened).toEqual(['#/cliproxyapi']);
});

test('a card has a sign for each, in the user’s order and in words', async () => {
  const elsewhere = { proxyId: 'nas', running: null, card: proved(), presence: 'present' } as const;
  await renderPage(<SignsOf keyView={keyView({ others: [elsewhere] })} />, {
    view: { ...TWO, connection: connectionView({ place: 1 }), others: [{ ...NAS, place: 0 }] },
  });
  expect((await screen.findAllByRole('img')).map((sign) => sign.getAttribute('aria-label'))).toEqual([
    '“NAS”: 4 of 4 models served',
    '“localhost:8317”: Not in CLIProxyAPI',
  ]);
});

describe('what a page looks at', () => {
  const lookingAt = async (pictures: Partial<View>[]) => {
    const worker = scriptedWorker({ view: () => ok(view(pictures.shift())) });
    const looking = createLooking(worker.ask);
    const store = createViewStore(looking.ask, looking.ask, fakePage());
    await store.load();
    looking.follow(store);
    return { ...worker, ...looking, store };
  };

  test('stays the one of the first picture, whatever comes first later', async () => {
    const { ask, asked } = await lookingAt([TWO]);
    await ask('hosts.list', {});
    expect(asked.at(-1)).toMatchObject({ proxyId: 'first' });
  });

  test('is not changed by a picture of the one before that comes late', async () => {
    const { ask, asked, lookAt, store } = await lookingAt([TWO, TWO, TWO]);
    lookAt('nas');
    await store.load();
    await ask('hosts.list', {});
    expect(asked.at(-1)).toMatchObject({ proxyId: 'nas' });
  });

  test('is the first again where it is gone', async () => {
    const { asked, lookAt, store } = await lookingAt([TWO, { connection: null }, {}]);
    lookAt('nas');
    await store.load();
    await expect.poll(() => asked.at(-1)).not.toHaveProperty('proxyId');
  });
});
