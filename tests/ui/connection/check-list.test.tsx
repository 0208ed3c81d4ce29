// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import { CHECK_STEPS, type CheckReport } from '../../../src/core/connection/check-report';
import { FAILURE_CODES } from '../../core/failures/failure-codes';
import type { ConnectionView } from '../../../src/core/view/view';
import type { Failure } from '../../../src/core/failures/failure';
import { CheckList } from '../../../src/ui/connection/check-list';
import { renderPage, type Scene } from '../render-page';
import { connectionView, failureOf, report } from '../samples';

const never = (): never => {
  throw new Error('nothing was allowed');
};
const show = (
  of: CheckReport | null,
  checking = false,
  onAllowed: () => void = never,
  connection: Partial<ConnectionView> = {},
): Promise<Scene> =>
  renderPage(<CheckList report={of} checking={checking} now={Date.now()} onAllowed={onAllowed} />, {
    view: { connection: connectionView({ pattern: '*://cpa1.example/*', ...connection }) },
  });
const STEPS = [
  'Reachable',
  'CLIProxyAPI detected',
  'Access from here allowed',
  'Management key accepted',
  'Configuration read',
];
const failed = (failure: Failure, passed = 0): CheckReport =>
  report({ failure, passed: CHECK_STEPS.slice(0, passed), found: null });
const lines = (): string[] => screen.getAllByRole('listitem').map((line) => line.textContent);
const text = (): string => screen.getByRole('status').textContent;

describe('before the check', () => {
  test('its steps stand there already, and it says that the key is sent once at most', async () => {
    const { container } = await show(null, false, never, { checkedAt: null });
    expect(screen.getByRole('heading')).toHaveTextContent('Connection check');
    expect(lines()).toEqual(STEPS);
    expect(container).toHaveTextContent('The key is sent once at most.');
    expect(container.querySelectorAll('.text-ok')).toHaveLength(0);
  });

  test('it says that it is under way', async () => {
    await show(null, true);
    expect(screen.getByRole('heading')).toHaveTextContent('Checking…');
  });

  test('what an import has seen since is not called unchecked', async () => {
    const { container } = await show(null);
    expect(screen.getByRole('heading')).toHaveTextContent('The connection works');
    expect(container.querySelectorAll('.text-ok')).toHaveLength(STEPS.length);
  });

  test.each<[string, Partial<ConnectionView>]>([
    ['CLIProxyAPI refused the management key.', { halted: { code: 'key-refused', triesLeft: 4 } }],
    ['Nothing answers at h1.', { trouble: { code: 'unreachable', host: 'h1' } }],
  ])('why nothing works is said with what to do: %s', async (said, connection) => {
    const { container } = await show(null, false, never, connection);
    expect(container).toHaveTextContent(said);
    expect(screen.queryByRole('list')).not.toBeInTheDocument();
  });
});

describe('a check that succeeds', () => {
  test('shows every step and what was found', async () => {
    await show(report());
    expect(screen.getByRole('heading')).toHaveTextContent('The connection works');
    expect(lines()).toEqual([
      'Reachable4 ms',
      'CLIProxyAPI detected',
      'Access from here allowed',
      'Management key accepted',
      'Configuration read',
    ]);
    expect(text()).toContain('Version 7.2.140');
    expect(text()).toContain('1 provider, 2 keys, 1,204 models');
    expect(text()).toContain('Imports can be proved for each key.');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  const found = report().found!;
  test.each<[string, Partial<typeof found>, string]>([
    ['a server without a version', { version: null }, 'Version not named'],
    [
      'a server that cannot prove',
      { byCredential: false },
      'This version cannot be asked about a single key: KeyFerry sees imports only in its public model list.',
    ],
    [
      'a server of which it is not known',
      { byCredential: null },
      'Whether imports can be proved for each key shows at the first import.',
    ],
    [
      'a provider that serves nothing',
      { empty: ['Kumo'] },
      '“Kumo” serves nothing because it names no models.',
    ],
    [
      'providers that serve nothing',
      { empty: ['a', 'b', 'c', 'd', 'e'] },
      '5 providers serve nothing because they name no models: a, b, c and 2 more.',
    ],
    [
      'example keys',
      { exampleKeys: true },
      'CLIProxyAPI’s api-keys still contain an example key, so it refuses every client.',
    ],
    [
      'a field that CLIProxyAPI may not know',
      { file: [{ kind: 'unknown-field', family: 'codex', place: '1: note' }] },
      'In config.yaml, codex group 1: note is a field that CLIProxyAPI 8.0 does not know.',
    ],
    [
      'a server that is only read',
      { readOnly: { code: 'too-old', version: '6.5.9', floor: '6.6.0' } },
      'CLIProxyAPI 6.5.9 is too old for KeyFerry to write to it safely. In versions before 6.6.0, a write would switch disabled providers on.',
    ],
  ])('says of %s what it means', async (_what, more, sentence) => {
    await show(report({ found: { ...found, ...more } }));
    expect(text()).toContain(sentence);
  });
});

describe('a check that fails', () => {
  test.each([0, 1, 2, 3, 4])('after %d steps names the step and asks nothing after it', async (passed) => {
    await show(failed({ code: 'not-cliproxyapi', host: 'cpa1.example' }, passed));
    expect(screen.getByRole('heading')).toHaveTextContent(`Stopped at step ${passed + 1}`);
    const names = [
      'Reachable',
      'CLIProxyAPI detected',
      'Access from here allowed',
      'Management key accepted',
    ];
    names.push('Configuration read');
    expect(lines()).toEqual(
      names.map((name, index) =>
        index < passed
          ? `${name}${index === 0 ? '4 ms' : ''}`
          : `${name}: ${index === passed ? 'no' : 'not asked'}`,
      ),
    );
  });

  test('says what happened and what to do, whatever it was', async () => {
    await renderPage(
      FAILURE_CODES.map((code) => (
        <CheckList
          key={code}
          report={failed(failureOf(code), 2)}
          checking={false}
          now={0}
          onAllowed={never}
        />
      )),
      { view: { connection: connectionView() } },
    );
    const alerts = screen.getAllByRole('alert');
    expect(alerts).toHaveLength(FAILURE_CODES.length);
    for (const alert of alerts) {
      expect(alert.querySelector('b')?.textContent).toMatch(/[.”]$/);
      expect(alert.textContent).toMatch(/[.”] \S.*[.”]/);
    }
    expect(document.body).not.toHaveTextContent(/failure\.|cpa\.|undefined|NaN/);
  });

  test.each([
    ['management-off', 'remote-management:\n  secret-key: "choose-a-long-one"'],
    ['key-not-set', 'remote-management:\n  secret-key: "choose-a-long-one"'],
    ['remote-disabled', 'remote-management:\n  allow-remote: true'],
  ] as const)('with %s gives the lines for config.yaml, to be copied', async (code, yaml) => {
    const { user, page, container } = await show(failed(failureOf(code), 2));
    expect(container.querySelector('pre')?.textContent).toBe(yaml);
    await user.click(screen.getByRole('button', { name: 'Copy these lines' }));
    expect(page.copied).toEqual([yaml]);
  });

  test('shows lines for config.yaml only where they help', async () => {
    const { container } = await show(failed({ code: 'key-refused', triesLeft: 4 }, 3));
    expect(container.querySelector('pre')).toBeNull();
    expect(text()).toContain('at most 4 tries are left');
  });

  test('for want of the host asks the browser for it, and goes on when it is allowed', async () => {
    const onAllowed = vi.fn<() => void>();
    const { user, page } = await show(
      failed({ code: 'host-permission', host: 'cpa1.example' }),
      false,
      onAllowed,
    );
    const allow = screen.getByRole('button', { name: 'Allow access to cpa1.example' });
    page.grants = false;
    await user.click(allow);
    expect(onAllowed).not.toHaveBeenCalled();
    page.grants = true;
    await user.click(allow);
    expect(page.requested).toEqual(['*://cpa1.example/*', '*://cpa1.example/*']);
    expect(onAllowed).toHaveBeenCalledTimes(1);
  });
});

test.each([
  ['old', 'KeyFerry writes it as on 7.x, and does not convert it.'],
  ['new', 'KeyFerry writes into its groups.'],
  ['mixed', 'any write converts all of it'],
  ['unknown', 'KeyFerry writes only the list openai-compatibility.'],
  ['hidden', 'If it is still that of 7.x, the first write converts the whole file'],
] as const)('the layout of the file is said, and what follows for writing (%s)', async (layout, said) => {
  await show(report({ found: { ...report().found!, version: '8.0.20', layout } }));
  expect(text()).toContain('8.0.20');
  expect(text()).toContain(said);
});

test('a server that has no /v0 is told, with what can be seen of it then', async () => {
  await show(report({ found: { ...report().found!, version: '8.3.0', withoutV0: true, layout: 'hidden' } }));
  expect(text()).toContain('It has no /v0/management');
});

test('before 8.x nothing is said of a layout', async () => {
  await show(report());
  expect(text()).not.toContain('config.yaml');
  expect(text()).not.toContain('/v0/management');
});
