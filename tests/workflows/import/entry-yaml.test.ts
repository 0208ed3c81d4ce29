import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { ImportDraft } from '../../../src/core/import/draft';
import { entryYaml } from '../../../src/workflows/import/entry-yaml';
import { failed, must, opened, RELAY_KEY, scene, writes, type Scene } from '../scene';
import { file, importInto } from '../cliproxyapi/scene';

/** A server whose file cannot be read, and what an import into Claude's list would be there. */
async function unknown(): Promise<Scene & { draft: ImportDraft }> {
  const made = await scene({ proxy: { version: '8.0.20' } });
  made.proxy.faults.answer = (_method, path) =>
    path.endsWith('/config.yaml') ? { status: 500, body: { error: 'read_failed' } } : undefined;
  const { draft } = await opened(made.ports, made.keyId);
  return { ...made, draft: { ...draft, list: 'claude-api-key', options: { prefix: 'p' } } };
}

test.each(['old', 'new'] as const)(
  'the lines for the %s layout, put into the file, serve the key',
  async (layout) => {
    const made = await unknown();
    expect(await importInto(made, 'claude-api-key')).toEqual(failed('file-layout'));
    const order = { keyId: made.keyId, draft: made.draft, layout, masked: false };
    const lines = must(await entryYaml(made.ports, order));
    expect(writes(made.proxy)).toEqual([]);
    const own = await scene({ proxy: { version: '8.0.20', layout, providers: [] } });
    await own.proxy.setFile(
      (layout === 'new' ? file('').replace(/api-keys:\n$/, '') : own.proxy.file) + lines,
    );
    expect(own.proxy.lists['claude-api-key']).toMatchObject([
      { 'api-key': RELAY_KEY, 'base-url': made.draft.baseUrl.replace(/\/v1$/, ''), prefix: 'p' },
    ]);
    expect(own.proxy.lists['claude-api-key'][0]?.['models']).toHaveLength(3);
  },
);

test('with the mask in place of the key they hold no secret, and nothing is asked', async () => {
  const { ports, keyId, draft, proxy } = await unknown();
  const before = proxy.requests.length;
  const lines = must(await entryYaml(ports, { keyId, draft, layout: 'new', masked: true }));
  expect(lines).not.toContain(RELAY_KEY);
  expect(parse(lines)).toMatchObject({
    'api-keys': { claude: [{ name: 'My relay', prefix: 'p', keys: [{}] }] },
  });
  expect(proxy.requests).toHaveLength(before);
});

test('what cannot be planned has no lines', async () => {
  const { ports, keyId, draft } = await unknown();
  const order = { keyId, draft: { ...draft, models: [] }, layout: 'old' as const, masked: true };
  expect(await entryYaml(ports, order)).toMatchObject({ failure: { code: 'no-models' } });
});
