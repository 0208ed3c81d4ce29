import { expect, test } from 'vitest';
import type { Settings } from '../../../src/core/view/settings';
import { emptySaved } from '../../../src/storage/empty';
import { clearIntent, forgetNotices, setIntent } from '../../../src/workflows/view/keep-intent';
import { addKey } from '../../../src/workflows/accounts/keep-keys';
import { readHistory } from '../../../src/workflows/view/read-history';
import { readView } from '../../../src/workflows/view/read-view';
import { saveSettings } from '../../../src/workflows/view/save-settings';
import { importNow, must, nextLife, RELAY_KEY, scene, type Scene } from '../scene';

const viewOf = async (made: Scene) => must(await readView(made.ports));

test('intents and notices are kept for the session, and let go when they are done with', async () => {
  const made = await scene();
  const intent = { kind: 'import', id: made.keyId, pattern: '*://relay.example/*' } as const;
  const chosen = { full: true, change: { providerName: 'Mine' }, also: ['nas'] };
  must(await setIntent(made.ports, { ...intent, chosen }));
  expect(await viewOf(made)).toMatchObject({
    intent: { ...intent, chosen },
    intentGranted: true,
  });
  made.device.denied.add('*://relay.example/*');
  expect(await viewOf(made)).toMatchObject({ intentGranted: false });
  must(await clearIntent(made.ports));
  expect(await viewOf(made)).toMatchObject({ intent: null, intentGranted: false });
  await importNow(made.ports, made.keyId);
  const { notices } = await viewOf(made);
  expect(notices).toHaveLength(1);
  must(await forgetNotices(made.ports, [notices[0]!.id]));
  expect((await viewOf(made)).notices).toEqual([]);
  expect(must(await made.ports.session.read())).toMatchObject({ running: {} });
});

test('settings are kept on the device', async () => {
  const made = await scene();
  const settings: Settings = {
    ...emptySaved().settings,
    language: 'zh-CN',
    theme: 'dark',
    skipWhenOnlyAdds: true,
    rules: ['lower-case'],
    relayRules: { 'r1.example': '' },
    keysAs: 'table',
  };
  must(await saveSettings(made.ports, settings));
  expect(must(await readView(nextLife(made))).settings).toEqual(settings);
});

test('the alias rules that were on last are applied when an import opens', async () => {
  const made = await scene({
    relay: { models: ['Lab/GPT-4o'], keys: [{ name: 'one', key: RELAY_KEY.slice(3) }] },
  });
  must(
    await saveSettings(made.ports, {
      ...emptySaved().settings,
      rules: ['strip-vendor', 'lower-case'],
    }),
  );
  await importNow(made.ports, made.keyId);
  expect(made.proxy.lists['openai-compatibility'].at(-1)).toMatchObject({
    models: [{ name: 'Lab/GPT-4o', alias: 'gpt-4o' }],
  });
});

test('a set of alias rules is applied when an import opens, and again at the next one', async () => {
  const made = await scene({
    relay: { models: ['Lab/GPT-4o', 'a-preview'], keys: [{ name: 'one', key: RELAY_KEY.slice(3) }] },
  });
  const ruleSets = [
    {
      id: 's',
      name: 'Mine',
      keepOriginal: true,
      rules: [
        { kind: 'strip-vendor' as const },
        { kind: 'without' as const, find: 'preview' },
        { kind: 'lower-case' as const },
      ],
    },
  ];
  must(await saveSettings(made.ports, { ...emptySaved().settings, ruleSets, ruleSet: 's' }));
  await importNow(made.ports, made.keyId);
  const first = [
    { name: 'Lab/GPT-4o', alias: 'gpt-4o' },
    { name: 'Lab/GPT-4o', alias: 'Lab/GPT-4o' },
  ];
  expect(made.proxy.lists['openai-compatibility'].at(-1)).toMatchObject({ models: first });
  expect(Object.values(must(await made.ports.saved.read()).cards)).toMatchObject([{ served: 2, total: 2 }]);
  made.relay.setModels(['Lab/GPT-4o', 'Lab/Grok', 'b-preview']);
  await importNow(nextLife(made), made.keyId);
  expect(made.proxy.lists['openai-compatibility'].at(-1)).toMatchObject({
    models: [...first, { name: 'Lab/Grok', alias: 'grok' }, { name: 'Lab/Grok', alias: 'Lab/Grok' }],
  });
});

test('a device that cannot be read answers with that, never with an empty picture', async () => {
  const made = await scene();
  made.device.local.set('keyferry', '{"version":1,"data":{"settings":{}}}');
  const ports = nextLife(made);
  expect(await readView(ports)).toMatchObject({ failure: { code: 'storage-unreadable' } });
  expect(
    await addKey(ports, { relayName: '', baseUrl: 'https://x.example', key: 'sk-0123456789' }),
  ).toMatchObject({ failure: { code: 'storage-unreadable' } });
  expect(made.device.local.get('keyferry')).toBe('{"version":1,"data":{"settings":{}}}');
  made.device.local.set('journal', '{"version":9,"data":{}}');
  expect(await readHistory(nextLife(made))).toMatchObject({
    failure: { code: 'storage-future', version: 9 },
  });
});
