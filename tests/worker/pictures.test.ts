import { describe, expect, test } from 'vitest';
import type { View } from '../../src/core/view/view';
import { applyChange } from '../../src/core/view/view-change';
import { createHandlers } from '../../src/worker/handlers';
import { addKey } from '../../src/workflows/accounts/keep-keys';
import { readView } from '../../src/workflows/view/read-view';
import { must, nextLife, scene, type Scene } from '../workflows/scene';

type Handlers = ReturnType<typeof createHandlers>['handlers'];

/** A page: its picture, and how it follows. */
function pageOf(handlers: () => Handlers): { view(): View; follow(): Promise<'whole' | number> } {
  let view: View | undefined;
  return {
    view: () => view!,
    async follow() {
      if (!view) {
        view = must(await handlers().view({}));
        return 'whole';
      }
      const reply = must(await handlers()['view.since']({ version: view.version! }));
      if ('whole' in reply) {
        view = reply.whole;
        return 'whole';
      }
      view = { ...applyChange(view, reply.change), version: reply.version };
      return JSON.stringify(reply).length;
    },
  };
}

async function expectTrue(made: Scene, view: View): Promise<void> {
  const { version: _version, ...shown } = view;
  expect(shown).toEqual(must(await readView(made.ports)));
}

const label = (handlers: Handlers, keyId: string, name: string): Promise<unknown> =>
  handlers['key.label']({ keyId, name, note: '' });

describe('a page that has a picture', () => {
  test('is told only what changed since, also when it did not ask in between', async () => {
    const made = await scene();
    for (let at = 0; at < 50; at++)
      must(
        await addKey(made.ports, {
          relayName: `Relay ${at}`,
          baseUrl: 'https://r.example',
          key: `sk-nobody-${at}-0000`,
        }),
      );
    const { handlers } = createHandlers(made.ports);
    const [one, other] = [pageOf(() => handlers), pageOf(() => handlers)];
    expect([await one.follow(), await other.follow()]).toEqual(['whole', 'whole']);
    expect(await one.follow()).toBeLessThan(100);
    for (const name of ['first', 'second']) {
      await label(handlers, made.keyId, name);
      expect(await one.follow()).toBeLessThan(1_500);
      await expectTrue(made, one.view());
    }
    // The other one missed a change.
    expect(await other.follow()).toBeLessThan(1_500);
    await expectTrue(made, other.view());
    const [kept] = other.view().keys.slice(1);
    await label(handlers, made.keyId, 'third');
    await other.follow();
    expect(other.view().keys[1]).toBe(kept);
  });

  test('is told the whole by a worker that was stopped meanwhile, and follows that', async () => {
    const made = await scene();
    let { handlers } = createHandlers(made.ports);
    const page = pageOf(() => handlers);
    await page.follow();
    await label(handlers, made.keyId, 'before');
    ({ handlers } = createHandlers(nextLife(made)));
    expect(await page.follow()).toBe('whole');
    expect(page.view().keys[0]?.name).toBe('before');
    await label(handlers, made.keyId, 'after');
    expect(await page.follow()).toBeLessThan(1_500);
    expect(page.view().keys[0]?.name).toBe('after');
  });

  test('is told the whole when others took its place, and when the lock was closed meanwhile', async () => {
    const made = await scene();
    const { handlers } = createHandlers(made.ports);
    const page = pageOf(() => handlers);
    await page.follow();
    for (let pages = 0; pages < 9; pages++) await pageOf(() => handlers).follow();
    expect(await page.follow()).toBe('whole');
    must(await handlers['lock.set']({ passphrase: 'correct horse' }));
    must(await handlers['lock.close']({}));
    expect(await handlers['view.since']({ version: page.view().version! })).toMatchObject({
      failure: { code: 'locked' },
    });
    must(await handlers['lock.open']({ passphrase: 'correct horse' }));
    expect(await page.follow()).toBe('whole');
  });
});
