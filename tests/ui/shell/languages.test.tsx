// @vitest-environment happy-dom
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import type { Card } from '../../../src/core/cliproxyapi/card';
import type { FieldChange } from '../../../src/core/channels/plan';
import type { ExportItem, ExportResult, PlannedChannel } from '../../../src/core/channels/view';
import { CHECK_STEPS } from '../../../src/core/connection/check-report';
import { FAILURE_CODES } from '../../core/failures/failure-codes';
import type { PlanView } from '../../../src/core/import/planned';
import { fail, ok } from '../../../src/core/failures/result';
import { NO_SYNC } from '../../../src/core/sync/run';
import type { NotServedReason } from '../../../src/core/cliproxyapi/verdict';
import type { HistoryItem } from '../../../src/core/history/history';
import type { KeyView } from '../../../src/core/view/view';
import { TARGETS } from '../../../src/core/handoff/targets';
import { AddLayer } from '../../../src/ui/accounts/add-layer';
import { ChannelLayer } from '../../../src/ui/channel-import/layer';
import { ExportDialog } from '../../../src/ui/channel-export/dialog';
import { HandoffLayer } from '../../../src/ui/handoff/handoff-layer';
import { createImportAlso } from '../../../src/ui/import/also/import-also';
import { ImportLayer } from '../../../src/ui/import/import-layer';
import { LostDialog } from '../../../src/ui/channel-import/conflict-dialog';
import type { Language } from '../../../src/ui/i18n';
import '../../../src/ui/options/about-page';
import '../../../src/ui/accounts/accounts-page';
import { OptionsApp } from '../../../src/ui/options/app';
import { CheckList } from '../../../src/ui/connection/check-list';
import '../../../src/ui/channels/page';
import '../../../src/ui/connection/cliproxyapi-page';
import '../../../src/ui/new-api/page';
import '../../../src/ui/options/general-page';
import { BackupSection } from '../../../src/ui/backup/section';
import { LockSection } from '../../../src/ui/backup/lock-section';
import { Locked } from '../../../src/ui/shell/locked';
import '../../../src/ui/history/page';
import { Broken } from '../../../src/ui/shell/broken';
import { MoreMenu } from '../../../src/ui/keys/more-menu';
import { ToastHost } from '../../../src/ui/shell/toast-host';
import { PopupApp } from '../../../src/ui/popup/app';
import '../../../src/ui/popup/setup';
import { channelOf, channelScript, newApiReport, newApiView, runOf, syncedOf } from '../channels/samples';
import { failing, renderPage, setWidth, type Scene, type SceneOptions } from '../render-page';
import {
  accountView,
  candidateOf,
  channelItem,
  channelPlan,
  chosen,
  connectionView,
  draftOf,
  failureOf,
  historyItem,
  keyView,
  missing,
  newApiShort,
  notice,
  openedChannel,
  openedImport,
  planned,
  proved,
  report,
  running,
  view,
} from '../samples';
import type { Change } from '../../../src/core/import/change';

/** Everything that can be read or heard on the page. */
function texts(): string[] {
  const found: string[] = [];
  for (const element of document.body.querySelectorAll('*')) {
    for (const node of element.childNodes) if (node.nodeType === 3) found.push(node.textContent ?? '');
    for (const name of ['aria-label', 'title', 'placeholder', 'data-tip', 'alt'])
      if (element.hasAttribute(name)) found.push(element.getAttribute(name)!);
  }
  return [...found, document.title].map((text) => text.trim()).filter(Boolean);
}

function expectTexts(): void {
  const all = texts();
  expect(all.length).toBeGreaterThan(3);
  expect(all.filter((text) => /^[a-z]+\.[a-zA-Z.-]+$/.test(text))).toEqual([]);
  expect(all.filter((text) => /\{\{|\}\}|undefined|NaN|\[object/.test(text))).toEqual([]);
  // Nothing that was forgotten in English.
  expect(all.filter((text) => /[a-z]{2,} [a-z]{2,} [a-z]{2,}/.test(text))).toEqual([]);
}

const CHANNEL_CHANGES: FieldChange[] = [
  { field: 'name', from: '', to: 'C1' },
  { field: 'type', from: '1', to: '14' },
  { field: 'baseUrl', from: '', to: 'https://r1.example' },
  { field: 'models', from: 'a,b', to: 'b,c' },
  { field: 'mapping', from: '{"b":"x"}', to: '{"b":"y"}' },
  { field: 'group', from: 'default', to: 'vip' },
  { field: 'priority', from: '0', to: '2' },
  { field: 'weight', from: '0', to: '1' },
  { field: 'tag', from: 't', to: '' },
];

const REASONS: NotServedReason[] = [
  'not-listed',
  'disabled',
  'hidden',
  'brackets',
  'reserved',
  'no-version',
  'bad-header',
  'example-keys',
  'unknown',
];
const chats = { tried: 4, answered: 1, byOther: 1, byUnknown: 2 };
const cards: Card[] = [
  proved(),
  proved({ basis: 'listed' }),
  proved({ chats: { ...chats, failed: { alias: 'gpt-4o', at: 'relay', status: 503 } } }),
  proved({ chats: { ...chats, failed: { alias: 'gpt-4o', at: 'proxy', status: 0 } } }),
  ...REASONS.flatMap((reason) => [0, 1].map((served) => proved({ served, missing: [missing(reason, 'x')] }))),
  ...(['not-written', 'needs-look', 'unread'] as const).map((finding): Card => ({
    kind: 'interrupted',
    importId: 'i1',
    finding,
    root: '',
    at: 0,
  })),
  { kind: 'failed', failure: failureOf('key-refused'), importId: null, root: '', at: 0 },
];
const amounts: KeyView['amount'][] = [
  { kind: 'none' },
  { kind: 'unlimited' },
  { kind: 'left', left: { value: 1, symbol: '¥' }, of: null },
  { kind: 'left', left: { value: 1, symbol: '¥' }, of: { value: 2, symbol: '¥' } },
];
const keys: KeyView[] = [
  ...cards.map((card) => keyView({ card })),
  ...amounts.map((amount) => keyView({ amount })),
  ...(['disabled', 'expired', 'used-up'] as const).map((status) => keyView({ status, expiresAt: 1 })),
  ...(['waiting', 'reading', 'writing', 'reading-back', 'asking', 'trying'] as const).map((stage) =>
    keyView({ running: running({ stage, served: 1, total: 2 }) }),
  ),
].map((key, index) => ({ ...key, id: `k${index}`, name: `K${index}` }));

const field = (kind: 'prefix' | 'priority' | 'proxy' | 'headers' | 'base-url' | 'enabled'): Change => ({
  sign: '~',
  kind,
  from: '',
  to: '1',
});
const changes: Change[] = [
  { sign: '=', kind: 'provider', name: 'K', baseUrl: 'https://r1.example/v1', chosen: true },
  { sign: '=', kind: 'key', mask: 'sk-1…' },
  { sign: '+', kind: 'models', models: chosen('m1', 'm2', 'm3', 'm4', 'm5', 'm6') },
  { sign: '~', kind: 'alias', models: [{ name: 'm1', from: 'm2', to: 'm3' }] },
  ...(['prefix', 'priority', 'proxy', 'headers', 'base-url', 'enabled'] as const).map(field),
  { sign: '=', kind: 'in-it', keys: 2, models: 1, fields: ['note', 'x1'] },
  { sign: '=', kind: 'rest', providers: 3, keys: 5 },
];
const ref = { index: 1, name: 'Kumo', baseUrl: 'https://r2.example/v1' };
const models = [{ name: 'm1', alias: 'm1', by: 'm2' }];
const notices: PlanView['notices'] = [
  {
    kind: 'pool',
    members: (['shared', 'behind', 'ahead'] as const).map((order, index) => ({
      alias: `m${index}`,
      others: ['a1', 'a2', 'a3', 'a4'],
      order,
      lowest: 0,
    })),
  },
  { kind: 'pool-inside', models },
  { kind: 'left-out', models },
  { kind: 'brackets', models: [{ name: 'm(1)', asked: 'm' }] },
  { kind: 'kept-alias', count: 2 },
  { kind: 'disabled', name: 'Kumo', enabled: false },
  { kind: 'no-version', name: 'Kumo', baseUrl: 'https://r2', proposed: 'https://r2/v1', corrected: false },
  { kind: 'other-host', name: 'Kumo', baseUrl: 'https://r2' },
  { kind: 'name-taken', ref, newName: 'Kumo2' },
  { kind: 'keyless', name: 'Kumo' },
  { kind: 'odd-url', hint: 'query' },
  { kind: 'open-http' },
  { kind: 'converts' },
  { kind: 'may-convert' },
  { kind: 'unseen' },
  { kind: 'unknown-field', family: 'codex', place: '1: note' },
  { kind: 'not-text', family: 'codex', place: '1: keys[0].api-key' },
  { kind: 'unspoken', list: 'openai-compatibility' },
  { kind: 'unsure', list: 'claude-api-key' },
  { kind: 'no-models', name: 'Kumo' },
];
const channelHistory = (['create', 'update', 'edit', 'sync', 'delete'] as const).map((action) =>
  channelItem({
    id: action,
    action,
    keyName: 'K1',
    channelName: 'C1',
    newApiName: 'N1',
    changes: CHANNEL_CHANGES,
  }),
);
const phases = ['writing', 'written', 'done', 'not-written', 'needs-look', 'undone'] as const;
const history: HistoryItem[] = phases.flatMap((phase, index) =>
  (['import', 'undo'] as const).map((action) =>
    historyItem({
      id: `${phase}-${action}`,
      keyName: 'K1',
      phase,
      action,
      changes,
      served: index === 2 ? 1 : null,
      undoneAt: 1,
      at: Date.now() - index * 864e5,
    }),
  ),
);

describe('in Chinese', () => {
  const language: Language = 'zh-CN';
  const show = (content: ReactNode, options: SceneOptions = {}): Promise<Scene> =>
    renderPage(content, { language, ...options, page: { isPopup: false, ...options.page } });

  test.each(['keys', 'history', 'general', 'accounts', 'cliproxyapi', 'about'])(
    'the page %s, full and empty, has a text for everything',
    async (place) => {
      location.hash = `#/${place}`;
      const accounts = [
        accountView({ refreshedAt: Date.now() - 5e6, failure: failureOf('relay-permission') }),
        accountView({ id: 'a2', balance: null }),
      ];
      const scene = await show(<OptionsApp />, {
        view: { keys, accounts, connection: connectionView({ address: 'http://cpa1.example' }) },
        script: {
          history: () => ok([...channelHistory, ...history]),
          'hosts.list': () => ok(['*://r1.example/*']),
        },
      });
      await screen.findByRole('heading', { level: 1 });
      expectTexts();
      scene.answer({ history: () => ok([]), 'hosts.list': () => ok([]) });
      const banned = connectionView({ halted: failureOf('banned') });
      await act(() => scene.change({ keys: [], accounts: [], connection: banned }));
      expectTexts();
      await act(() => scene.change({ connection: null }));
      expectTexts();
    },
  );

  test('New APIs, their channels and the model sync have a text for everything', async () => {
    const rights = { admin: true, write: true, sensitive: false };
    const script: SceneOptions['script'] = {
      ...channelScript([
        channelOf(1, { manyKeys: true, responseMs: 5 }),
        channelOf(2, { state: 'off', mapping: '[' }),
        channelOf(3, { state: 'auto-off' }),
      ]),
      'new-api.list': () =>
        ok([
          newApiView({ rights, sync: { ...NO_SYNC, skip: [1] } }),
          newApiView({ id: 'n2', rights: null, granted: false }),
          newApiView({ id: 'n3', rights: { ...rights, write: false } }),
          newApiView({ id: 'n4', rights: { ...rights, admin: false } }),
        ]),
      'new-api.check': () => ok(newApiReport({ passed: ['reachable'], failure: failureOf('not-new-api') })),
      'channels.switch': () =>
        ok([1, 2].map((channelId) => ({ channelId, kind: 'failed', failure: failureOf('channel-gone') }))),
      'sync.runs': () =>
        ok([
          runOf(
            [
              syncedOf(1, { found: { added: ['m1', 'm2'], removed: [], renamed: [] } }),
              syncedOf(2, { failure: failureOf('channel-upstream') }),
              syncedOf(3, { seen: { models: 'm9', mapping: '' } }),
              syncedOf(4),
              syncedOf(5, { applied: ['m1'] }),
            ],
            { skipped: 1, cancelled: true },
          ),
          runOf([], { id: 'run0', by: 'schedule', failure: failureOf('token-refused') }),
        ]),
    };
    for (const place of ['#/new-api', '#/channels/n1', '#/channels/n1/sync', '#/channels/n3']) {
      location.hash = place;
      const { user } = await show(<OptionsApp />, { script });
      await screen.findByRole('heading', { level: 1 });
      expectTexts();
      const boxes = screen.queryAllByRole('checkbox');
      if (place === '#/channels/n1') for (const box of boxes.slice(1, 3)) await user.click(box);
      const buttons = document.querySelectorAll<HTMLElement>('main li .btn, main .sticky .ml-auto button');
      for (const button of [...buttons].slice(0, 2)) {
        await user.click(button);
        expectTexts();
      }
      for (const icon of document.querySelectorAll<HTMLElement>('[data-row="2"] .icon-btn')) {
        await user.click(icon);
        expectTexts();
        await user.keyboard('{Escape}');
      }
      cleanup();
    }
  });

  test('the popup has a text for everything, also at the first run', async () => {
    const scene = await show(<PopupApp />, {
      view: { keys, accounts: [accountView()] },
      page: { isPopup: true },
    });
    expectTexts();
    await act(() => scene.change({ connection: connectionView({ hasKey: false }) }));
    await screen.findByText('1');
    expectTexts();
  });

  test.each(['key', 'account'] as const)('the form for a new %s has a text for everything', async (kind) => {
    await show(<AddLayer kind={kind} onClose={() => {}} />);
    expectTexts();
  });

  test.each(TARGETS.filter(({ kind }) => kind !== 'copy' && kind !== 'channel').map(({ id }) => id))(
    'sending a key by %s has a text for everything',
    async (target) => {
      const speaks = ['openai-compatibility', 'claude-api-key'] as const;
      for (const [at, one] of speaks.entries()) {
        const names = at === 0 ? ['gpt-4o', 'gpt-4o-mini'] : [];
        const { user } = await show(
          <HandoffLayer
            keyView={keyView({
              name: 'K1',
              relay: 'new-api',
              limits: one === 'claude-api-key' ? ['claude-opus-4'] : null,
            })}
            target={target}
          />,
          {
            script: {
              'key.models': () => ok(names),
              'key.text': failing(failureOf('relay-permission')),
            },
          },
        );
        expectTexts();
        await user.click(document.querySelector<HTMLElement>('[role="dialog"] .btn.primary')!);
        expectTexts();
        cleanup();
      }
    },
  );

  test.each(['plan', 'join', 'choose'] as const)(
    'an import as a channel (%s) has a text for all',
    async (kind) => {
      const candidates = (['own', 'same-models', 'same-url'] as const).map((grade, at) =>
        candidateOf({ grade, channelId: at, name: `C${at}`, state: 'auto-off', manyKeys: true }),
      );
      const kept = [{ alias: 'm1', has: 'm2', wanted: 'm3' }];
      const of: Record<typeof kind, PlannedChannel> = {
        plan: channelPlan({ changes: CHANNEL_CHANGES, channelName: 'C0' }),
        join: channelPlan({
          kind: 'unchanged',
          channelId: 0,
          channelName: 'C0',
          changes: [],
          kept,
          candidates,
        }),
        choose: { kind: 'choose', candidates },
      };
      const opened = openedChannel({ keyName: 'K1', planned: of[kind] });
      const { user } = await show(<ChannelLayer keyView={keyView({ name: 'K1', relayName: 'Hoshi' })} />, {
        view: { newApis: [newApiShort({ name: 'N1' }), newApiShort({ id: 'n2', name: 'N2' })] },
        script: { 'channel-import.open': () => ok(opened) },
      });
      expectTexts();
      const more = document.querySelector<HTMLElement>('[role="dialog"] [aria-expanded]');
      if (more) await user.click(more);
      expectTexts();
      await user.click(document.querySelector<HTMLElement>('[role="dialog"] .btn.quiet')!);
      expectTexts();
    },
  );

  test('what undoing a write to a channel would lose has a text for everything', async () => {
    const lost = { importId: 'i', channelName: 'C1', lost: CHANNEL_CHANGES, hash: 'h' };
    await show(<LostDialog lost={lost} />);
    expectTexts();
    cleanup();
    await show(<LostDialog lost={{ ...lost, unsure: true }} />);
    expectTexts();
  });

  test('an export of many keys has a text for everything', async () => {
    const about = { mask: 'sk-…1', models: 2, changes: [] };
    const failure = failureOf('relay-empty');
    const items: ExportItem[] = [
      { ...about, keyId: 'a', keyName: 'A', kind: 'create', channelName: 'C1' },
      { ...about, keyId: 'b', keyName: 'B', kind: 'update', channelName: 'C2' },
      { ...about, keyId: 'c', keyName: 'C', kind: 'unchanged', channelName: 'C3' },
      { ...about, keyId: 'd', keyName: 'D', kind: 'passed-over', candidates: [candidateOf({ name: 'C4' })] },
      { ...about, keyId: 'e', keyName: 'E', kind: 'failed', failure },
    ];
    const results: ExportResult[] = [
      { keyId: 'a', kind: 'written', importId: 'i', channelId: 1, channelName: 'C1', made: true },
      { keyId: 'b', kind: 'written', importId: 'j', channelId: 2, channelName: 'C2', made: false },
      { keyId: 'c', kind: 'unchanged' },
      { keyId: 'd', kind: 'passed-over' },
      { keyId: 'e', kind: 'failed', failure },
    ];
    const keyIds = items.map(({ keyId }) => keyId);
    const opened = { exportId: 'e', newApiId: 'n1', items, groups: ['default'], hash: 'h' };
    const { user } = await show(<ExportDialog keyIds={keyIds} onClose={() => {}} />, {
      view: { newApis: [newApiShort({ name: 'N1' })] },
      script: {
        'channel-export.open': () => ok(opened),
        'channel-export.apply': () => ok({ kind: 'done', results }),
      },
    });
    expectTexts();
    await user.click(document.querySelector<HTMLElement>('[role="dialog"] .chip')!);
    expectTexts();
    await user.click(document.querySelector<HTMLElement>('[role="dialog"] .btn.primary')!);
    expectTexts();
  });

  test('what is under More has a text for everything', async () => {
    const anchor = { current: document.body };
    const rest = {
      targets: TARGETS,
      onEdit: () => {},
      onManage: () => {},
      onRemove: () => {},
      onClose: () => {},
    };
    await show(<MoreMenu anchor={anchor} keyView={keyView({ name: 'K1' })} {...rest} />);
    expectTexts();
  });

  test('an import has a text for everything', async () => {
    const { imports } = await show(<ImportLayer />);
    const state = {
      kind: 'open',
      full: false,
      opened: openedImport({
        keyName: 'K1',
        relayName: 'Hoshi',
        models: { kind: 'listed', names: ['m1', 'whisper-1', 'dall-e-3', 'bge-m3'], via: 'proxy' },
      }),
      draft: draftOf({ models: chosen('m1', 'm2', 'm3', 'm4'), providerName: 'Hoshi' }),
      planned: planned({ changes, notices, kind: 'update' }),
      also: createImportAlso(
        async () => fail({ code: 'worker-gone' }),
        () => undefined,
        openedImport(),
      ),
      planning: false,
      replanned: true,
    } as const;
    const candidates = [ref, { ...ref, index: 2 }];
    for (const plan of [
      state.planned,
      planned({ kind: 'unchanged', models: 0 }),
      { kind: 'choose', candidates } as const,
      { kind: 'failed', failure: failureOf('no-models') } as const,
    ]) {
      for (const full of [false, true]) {
        for (const width of [1280, 400]) {
          act(() => setWidth(width));
          act(() => imports.setState({ ...state, planned: plan, full, planning: full }, true));
          expectTexts();
        }
      }
    }
    const refused = { kind: 'refused', failure: failureOf('relay-permission') } as const;
    act(() => imports.setState({ ...state, full: true, opened: { ...state.opened, models: refused } }, true));
    expectTexts();
    const lost = { keys: 2, models: ['m1', 'm2'], fields: ['x1', 'x2'] };
    const undo = { kind: 'undo', importId: 'i1', name: 'K1', providerName: 'Kumo', hash: 'h' } as const;
    act(() => imports.setState({ ...undo, lost }, true));
    expectTexts();
    act(() => imports.setState({ ...undo, lost: { keys: 0, models: [], fields: [] } }, true));
    expectTexts();
    act(() => imports.setState({ kind: 'opening', keyId: 'k1', full: false }, true));
    expectTexts();
    act(() =>
      imports.setState({ kind: 'failed', start: { keyId: 'k1' }, failure: failureOf('key-refused') }, true),
    );
    expectTexts();
  });

  test('the connection check has a text for everything', async () => {
    const found = { ...report().found!, exampleKeys: true, empty: ['a1', 'a2', 'a3', 'a4'], version: null };
    const nothing = (): void => {};
    const shown = [
      null,
      report({ found: { ...found, readOnly: failureOf('too-old'), byCredential: false } }),
      report({ found: { ...found, byCredential: null } }),
      ...(['old', 'new', 'mixed', 'unknown'] as const).map((layout) =>
        report({ found: { ...found, layout } }),
      ),
      ...FAILURE_CODES.map((code, index) =>
        report({ found: null, failure: failureOf(code), passed: CHECK_STEPS.slice(0, index % 5) }),
      ),
    ];
    await show(
      shown.map((one, index) => (
        <CheckList key={index} report={one} checking={false} now={0} onAllowed={nothing} />
      )),
    );
    expectTexts();
  });

  test('the lock has a text for everything, set or not', async () => {
    const { user } = await show(<Locked />);
    await user.click(screen.getAllByRole('button')[2]!);
    expectTexts();
    cleanup();
    for (const lock of [false, true]) {
      await show(<LockSection />, { view: { lock } });
      expectTexts();
      for (const form of lock ? [1, 2] : [0]) {
        await act(async () => screen.getAllByRole('button')[form]!.click());
        expectTexts();
        await act(async () => screen.getAllByRole('button').at(-1)!.click());
      }
      cleanup();
    }
  });

  test('a backup has a text for everything', async () => {
    const script: SceneOptions['script'] = {
      'keys.add': (added) => ok(added.keys.map(() => ({ kind: 'added' as const }))),
      'account.add': () => ok('a1'),
    };
    const failure = failureOf('relay-permission');
    const { user } = await show(<BackupSection />, {
      view: { accounts: [accountView({ failure })] },
      script,
    });
    expectTexts();
    const choose = (file: object): Promise<void> =>
      user.upload(
        document.querySelector<HTMLInputElement>('input[type="file"]')!,
        new File([JSON.stringify(file)], 'b.json', { type: 'application/json' }),
      );
    const about = { format: 'keyferry-backup', version: 1, at: 0 };
    const account = { id: 'a', name: 'Kumo', siteUrl: 'https://r2.example', userId: '1' };
    const key = { id: 'k', relayName: 'Hoshi', baseUrl: 'https://r3.example', mask: '…' };
    const { settings } = view();
    const data = { settings, accounts: [account, { ...account, siteUrl: ' ' }], keys: [key] };
    await choose({ ...about, secrets: 'none', data });
    await screen.findByRole('heading', { level: 3 });
    expectTexts();
    await choose({ ...about, secrets: 'sealed', salt: '', iterations: 1, sealed: '' });
    await waitFor(() => expect(screen.queryByRole('heading', { level: 3 })).not.toBeInTheDocument());
    expectTexts();
    const login = (site_name: string, more: object) => ({
      site_name,
      site_url: `https://${site_name}.example`,
      account_info: { id: 1, access_token: 't' },
      ...more,
    });
    await choose({ version: '4.0', accounts: [login('r4', {}), login('r5', { disabled: true })] });
    await screen.findByRole('heading', { level: 3 });
    expectTexts();
    await user.click(screen.getAllByRole('button').at(-2)!);
    await screen.findByRole('link');
    expectTexts();
    await choose({ version: '4.0', accounts: [] });
    await screen.findByRole('heading', { level: 3 });
    expectTexts();
  });

  test('unreadable data and toasts have a text for everything', async () => {
    const { user } = await show(<Broken failure={failureOf('storage-future')} />);
    await user.click(screen.getAllByRole('button')[1]!);
    expectTexts();
    cleanup();
    const partly = { kind: 'partly', total: 2, importId: 'i1', reason: 'brackets', by: 'm1' } as const;
    const outcomes = [
      { kind: 'served', served: 2, total: 2, importId: 'i1' },
      { ...partly, served: 1 },
      { ...partly, served: 0 },
      { kind: 'undone', providerName: 'Kumo' },
      { kind: 'undone', providerName: 'Kumo', count: 1, of: 2, failure: failureOf('undo-secret-gone') },
      { kind: 'listed', total: 2, importId: 'i1' },
      { kind: 'interrupted', finding: 'not-written' },
      { kind: 'interrupted', finding: 'needs-look' },
      { kind: 'failed', failure: failureOf('key-refused') },
    ] as const;
    const told = outcomes.map((outcome, index) => ({
      ...notice(outcome, `${language}${index}`),
      keyName: 'K1',
    }));
    await show(<ToastHost />, { view: { notices: told } });
    await expect.poll(() => document.querySelectorAll('[data-sonner-toast]').length).toBe(told.length);
    expectTexts();
  });
});
