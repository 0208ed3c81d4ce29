import { describe, expect, test } from 'vitest';
import { CC_SWITCH_APPS, ccSwitchLink, type CcSwitchChoice } from '../../../src/core/handoff/cc-switch';
import { proposeApp } from '../../../src/core/handoff/propose-app';
import { handoff, KEY, NAMES } from './samples';

const choice = (more: Partial<CcSwitchChoice> = {}): CcSwitchChoice => ({
  app: 'claude',
  model: '',
  enabled: false,
  ...more,
});

/** What CC Switch does with a link (from the programs’ sources): host `v1`, path `/import`, an ordinary query where + is a blank. */
function asCcSwitch(link: string): Record<string, string> {
  const url = new URL(link);
  expect([url.protocol, url.host, url.pathname]).toEqual(['ccswitch:', 'v1', '/import']);
  const pairs = url.search
    .slice(1)
    .split('&')
    .map((pair) => pair.split('=').map((part) => decodeURIComponent(part.replaceAll('+', ' '))));
  expect(new Set(pairs.map(([name]) => name)).size).toBe(pairs.length);
  return Object.fromEntries(pairs) as Record<string, string>;
}

describe('CC Switch', () => {
  test('reads what it needs to make a provider, and nothing more', () => {
    expect(asCcSwitch(ccSwitchLink(handoff(), choice()))).toEqual({
      resource: 'provider',
      app: 'claude',
      name: 'Hoshi Relay',
      endpoint: 'https://r1.example',
      apiKey: KEY,
      homepage: 'https://r1.example',
      enabled: 'false',
    });
  });

  test.each([
    ['claude', 'https://r1.example/x'],
    ['codex', 'https://r1.example/x/v1'],
    ['gemini', 'https://r1.example/x'],
    ['opencode', 'https://r1.example/x/v1'],
    ['openclaw', 'https://r1.example/x/v1'],
    ['hermes', 'https://r1.example/x/v1'],
    ['grokbuild', 'https://r1.example/x/v1'],
  ] as const)('gives %s the endpoint %s, however the address is written', (app, endpoint) => {
    for (const address of ['https://r1.example/x', 'https://r1.example/x/', 'https://r1.example/x/v1']) {
      const read = asCcSwitch(ccSwitchLink(handoff({ address }), choice({ app })));
      expect([read['app'], read['endpoint']]).toEqual([app, endpoint]);
    }
  });

  test('is asked for no app that it does not know', () => {
    expect(CC_SWITCH_APPS).toEqual([
      'claude',
      'codex',
      'gemini',
      'opencode',
      'openclaw',
      'hermes',
      'grokbuild',
    ]);
  });

  test.each(NAMES)('keeps the name %s to the letter', (name) => {
    expect(asCcSwitch(ccSwitchLink(handoff({ name }), choice()))['name']).toBe(name);
  });

  test.each([
    ['Hoshi Relay (主力)', 'hoshi-relay'],
    ['中转', 'relay'],
    ["it's", 'it-s'],
  ])('gets %s as %s for Hermes, which wants a slug', (name, slug) => {
    expect(asCcSwitch(ccSwitchLink(handoff({ name }), choice({ app: 'hermes' })))['name']).toBe(slug);
  });

  test('is told to switch at once only where the user said so', () => {
    const said = [true, false].map(
      (enabled) => asCcSwitch(ccSwitchLink(handoff(), choice({ enabled })))['enabled'],
    );
    expect(said).toEqual(['true', 'false']);
  });

  test('gets the chosen model, without blanks around it', () => {
    for (const app of CC_SWITCH_APPS) {
      expect(asCcSwitch(ccSwitchLink(handoff(), choice({ app, model: ' m/1:free ' })))['model']).toBe(
        'm/1:free',
      );
      expect(asCcSwitch(ccSwitchLink(handoff(), choice({ app, model: ' ' })))).not.toHaveProperty('model');
    }
  });

  test('lets another maker’s model stand in for Claude’s three, and leaves those alone for a model of Claude', () => {
    const three = (choice_: CcSwitchChoice): (string | undefined)[] => {
      const read = asCcSwitch(ccSwitchLink(handoff(), choice_));
      return [read['haikuModel'], read['sonnetModel'], read['opusModel']];
    };
    expect(three(choice({ model: 'glm-4.6' }))).toEqual(['glm-4.6', 'glm-4.6', 'glm-4.6']);
    expect(three(choice({ model: 'claude-sonnet-4-5' }))).toEqual([undefined, undefined, undefined]);
    expect(three(choice())).toEqual([undefined, undefined, undefined]);
    expect(three(choice({ app: 'codex', model: 'glm-4.6' }))).toEqual([undefined, undefined, undefined]);
  });
});

describe('the app that is proposed for a key', () => {
  const key = { speaks: 'openai-compatibility', name: 'Work key' } as const;
  test.each([
    ['what it speaks: Claude', { ...key, speaks: 'claude-api-key' }, null, 'claude', 'speaks'],
    ['what it speaks: Codex', { ...key, speaks: 'codex-api-key' }, null, 'codex', 'speaks'],
    ['what it speaks: Gemini', { ...key, speaks: 'gemini-api-key' }, null, 'gemini', 'speaks'],
    ['what it speaks before its name', { name: 'codex', speaks: 'claude-api-key' }, null, 'claude', 'speaks'],
    ['its name', { ...key, name: 'my-codex-key' }, ['claude-4'], 'codex', 'name'],
    ['its models, all of Claude', key, ['claude-4', 'claude-3-5-haiku'], 'claude', 'models'],
    ['its models, all of Codex', key, ['gpt-5-codex'], 'codex', 'models'],
    ['nothing, for models of several makers', key, ['claude-4', 'gpt-4o'], 'opencode', 'any'],
    ['nothing, before the models are known', key, null, 'opencode', 'any'],
    ['nothing, for a relay without models', key, [], 'opencode', 'any'],
  ] as const)('rests on %s', (_what, from, models, app, why) => {
    expect(proposeApp(from, models)).toEqual({ app, why });
  });
});
