import { describe, expect, test } from 'vitest';
import { fail, ok, type Result } from '../../src/core/failures/result';
import type { MessageReply } from '../../src/contract/messages';
import type { View } from '../../src/core/view/view';
import { createViewStore, type ViewStore } from '../../src/ui/view-store';
import { scriptedWorker, type Worker } from './scripted-worker';
import { connectionView, keyView, running, view } from './samples';

interface Scene extends Worker {
  store: ViewStore;
  pulse(): void;
  /** The lines to the worker that are held: each ends it. */
  lines: Set<() => void>;
  /** Answers the oldest question for the view that waits. */
  come(answer: Result<View>): Promise<void>;
  waiting(): number;
}

function scene(): Scene {
  const waiting: ((answer: Result<View>) => void)[] = [];
  const worker = scriptedWorker({ view: () => new Promise((resolve) => waiting.push(resolve)) });
  let pulse = (): void => {};
  const lines = new Set<() => void>();
  const store = createViewStore(worker.ask, worker.ask, {
    onPulse: (listener) => {
      pulse = listener;
      return () => {};
    },
    onWorkerStopped: (listener) => {
      const end = (): void => {
        lines.delete(end);
        listener();
      };
      lines.add(end);
      return () => lines.delete(end);
    },
  });
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    ...worker,
    store,
    pulse: () => pulse(),
    lines,
    waiting: () => waiting.length,
    async come(answer) {
      await settled();
      waiting.shift()!(answer);
      await settled();
    },
  };
}

const version = (name: string): View => view({ connection: connectionView({ version: name }) });
const shown = ({ store }: Scene): string | null | undefined => {
  const state = store.getState();
  return state.kind === 'ready' ? state.view.connection?.version : state.kind;
};

describe('the picture', () => {
  test('is there once it has been fetched', async () => {
    const the = scene();
    expect(shown(the)).toBe('loading');
    const loading = the.store.load();
    await the.come(ok(version('1')));
    await loading;
    expect(shown(the)).toBe('1');
  });

  test('is fetched again at each pulse', async () => {
    const the = scene();
    void the.store.load();
    await the.come(ok(version('1')));
    the.pulse();
    await the.come(ok(version('2')));
    expect(shown(the)).toBe('2');
    expect(the.inputs('view')).toHaveLength(2);
  });

  test('is fetched once more for all pulses that come while it is being fetched', async () => {
    const the = scene();
    void the.store.load();
    for (let pulses = 0; pulses < 5; pulses++) the.pulse();
    await the.come(ok(version('1')));
    expect(the.waiting()).toBe(1);
    await the.come(ok(version('2')));
    expect(shown(the)).toBe('2');
    expect(the.waiting()).toBe(0);
    expect(the.inputs('view')).toHaveLength(2);
  });

  test('does not miss a pulse that comes during the second fetching', async () => {
    const the = scene();
    void the.store.load();
    the.pulse();
    await the.come(ok(version('1')));
    the.pulse();
    the.pulse();
    await the.come(ok(version('2')));
    await the.come(ok(version('3')));
    expect(shown(the)).toBe('3');
    expect(the.inputs('view')).toHaveLength(3);
  });

  test('stays when the worker is gone for a moment, and is fetched at the next pulse', async () => {
    const the = scene();
    void the.store.load();
    await the.come(ok(version('1')));
    the.pulse();
    await the.come(fail({ code: 'worker-gone' }));
    expect(shown(the)).toBe('1');
    the.pulse();
    await the.come(ok(version('2')));
    expect(shown(the)).toBe('2');
  });

  test.each(['worker-gone', 'storage-unreadable'] as const)(
    'that cannot be fetched at first (%s) says so, until it can',
    async (code) => {
      const the = scene();
      void the.store.load();
      await the.come(fail({ code }));
      expect(the.store.getState()).toEqual({ kind: 'failed', failure: { code } });
      the.pulse();
      await the.come(ok(version('1')));
      expect(shown(the)).toBe('1');
    },
  );

  test('that becomes unreadable gives way to why', async () => {
    const the = scene();
    void the.store.load();
    await the.come(ok(version('1')));
    the.pulse();
    await the.come(fail({ code: 'storage-unreadable' }));
    expect(shown(the)).toBe('failed');
  });
});

describe('a picture that has a name', () => {
  const first = { ...view({ keys: [keyView({ id: 'k1' }), keyView({ id: 'k2' })] }), version: 'v1' };
  /** Answers questions for changes from a list; the picture on screen. */
  async function named(...replies: Result<MessageReply<'view.since'>>[]): Promise<Scene & { view(): View }> {
    const the = scene();
    the.answer({ 'view.since': () => replies.shift()! });
    void the.store.load();
    await the.come(ok(first));
    const shownView = (): View => {
      const state = the.store.getState();
      if (state.kind !== 'ready') throw new Error(state.kind);
      return state.view;
    };
    return { ...the, view: shownView };
  }
  const change = { keys: [[0, 1] as const, keyView({ id: 'k2', name: 'Other' })], rest: {} };

  test('is followed by what changed since, and what did not stays the same object', async () => {
    const the = await named(
      ok({ version: 'v2', change }),
      ok({ version: 'v3', change: { rest: { lock: true } } }),
    );
    const [kept] = the.view().keys;
    await the.store.load();
    expect(the.view().keys.map(({ name }) => name)).toEqual(['Work key', 'Other']);
    expect(the.view().keys[0]).toBe(kept);
    await the.store.load();
    expect(the.view()).toMatchObject({ lock: true, version: 'v3' });
    expect(the.inputs('view.since')).toEqual([{ version: 'v1' }, { version: 'v2' }]);
    expect(the.inputs('view')).toHaveLength(1);
  });

  test('is asked for again by the same name when the answer did not come', async () => {
    const the = await named(fail({ code: 'worker-gone' }), ok({ version: 'v2', change }));
    await the.store.load();
    expect(the.view().keys).toHaveLength(2);
    await the.store.load();
    expect(the.inputs('view.since')).toEqual([{ version: 'v1' }, { version: 'v1' }]);
    expect(the.view().keys[1]?.name).toBe('Other');
  });

  test('gives way to a whole one where the worker does not know it any more', async () => {
    const the = await named(
      ok({ whole: { ...first, keys: [], version: 'w1' } }),
      ok({ version: 'w2', change: { rest: {} } }),
    );
    await the.store.load();
    expect(the.view().keys).toEqual([]);
    await the.store.load();
    expect(the.inputs('view.since').at(-1)).toEqual({ version: 'w1' });
  });

  test('is fetched whole after one that could not be read', async () => {
    const the = await named(fail({ code: 'locked' }));
    await the.store.load();
    expect(the.store.getState().kind).toBe('failed');
    void the.store.load();
    await the.come(ok(first));
    expect(the.view().keys).toHaveLength(2);
  });

  test('takes back a setting that could not be saved, though the worker tells of no change', async () => {
    const the = await named(ok({ version: 'v1', change: { rest: {} } }));
    the.answer({ 'settings.save': () => fail({ code: 'storage-full' }) });
    const changing = the.store.changeSettings({ theme: 'dark' });
    expect(the.view().settings.theme).toBe('dark');
    await changing;
    expect(the.view().settings.theme).toBe('light');
  });
});

describe('settings', () => {
  test('change on screen at once, and in the worker, one by one', async () => {
    const the = scene();
    void the.store.load();
    await the.come(ok(version('1')));
    void the.store.changeSettings({ theme: 'dark' });
    void the.store.changeSettings({ language: 'zh-CN' });
    const state = the.store.getState();
    const settings = { ...view().settings, theme: 'dark', language: 'zh-CN' };
    expect(state.kind === 'ready' && state.view.settings).toEqual(settings);
    expect(shown(the)).toBe('1');
    expect(the.inputs('settings.save')).toEqual([
      { settings: { ...settings, language: 'en' } },
      { settings },
    ]);
  });

  test('that could not be saved go back to what is stored', async () => {
    const the = scene();
    void the.store.load();
    await the.come(ok(version('1')));
    the.answer({ 'settings.save': () => fail({ code: 'storage-full' }) });
    const changing = the.store.changeSettings({ theme: 'dark' });
    await the.come(ok(version('1')));
    await changing;
    const state = the.store.getState();
    expect(state.kind === 'ready' && state.view.settings).toEqual(view().settings);
  });

  test('do not change before there is a picture', async () => {
    const the = scene();
    await the.store.changeSettings({ theme: 'dark' });
    expect(the.inputs('settings.save')).toEqual([]);
  });
});

describe('a worker that is stopped', () => {
  const busy = view({ keys: [keyView({ running: running({ stage: 'writing' }) })] });
  const atWork = async (): Promise<Scene> => {
    const the = scene();
    void the.store.load();
    await the.come(ok(busy));
    return the;
  };
  const stop = ({ lines }: Scene): void => {
    for (const end of lines) end();
  };

  test('while it works is asked at once what became of it, without a pulse', async () => {
    const the = await atWork();
    stop(the);
    await the.come(ok(version('after')));
    expect(shown(the)).toBe('after');
    expect(the.lines.size).toBe(0);
  });

  test('again while it goes on is asked again', async () => {
    const the = await atWork();
    stop(the);
    await the.come(ok(busy));
    expect(the.lines.size).toBe(1);
    stop(the);
    await the.come(ok(version('after')));
    expect(shown(the)).toBe('after');
  });

  test('is asked once more where the first question was lost with it, and then left alone', async () => {
    const the = await atWork();
    stop(the);
    await the.come(fail({ code: 'worker-gone' }));
    await the.come(fail({ code: 'worker-gone' }));
    expect(the.waiting()).toBe(0);
    expect(the.lines.size).toBe(0);
    the.pulse();
    await the.come(ok(version('after')));
    expect(shown(the)).toBe('after');
  });

  test('is of no interest to a page on which nothing is under way', async () => {
    const the = await atWork();
    the.pulse();
    await the.come(ok(version('done')));
    expect(the.lines.size).toBe(0);
  });

  test('has one line from each page, however often that draws', async () => {
    const the = await atWork();
    the.pulse();
    await the.come(ok(busy));
    expect(the.lines.size).toBe(1);
  });
});
