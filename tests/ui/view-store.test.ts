import { describe, expect, test } from 'vitest';
import { fail, ok, type Result } from '../../src/core/failures/result';
import type { View } from '../../src/core/view/view';
import { createViewStore, type ViewStore } from '../../src/ui/view-store';
import { scriptedWorker, type Worker } from './scripted-worker';
import { connectionView, view } from './samples';

interface Scene extends Worker {
  store: ViewStore;
  pulse(): void;
  /** Answers the oldest question for the view that waits. */
  come(answer: Result<View>): Promise<void>;
  waiting(): number;
}

function scene(): Scene {
  const waiting: ((answer: Result<View>) => void)[] = [];
  const worker = scriptedWorker({ view: () => new Promise((resolve) => waiting.push(resolve)) });
  let pulse = (): void => {};
  const store = createViewStore(worker.ask, worker.ask, {
    onPulse: (listener) => {
      pulse = listener;
      return () => {};
    },
  });
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    ...worker,
    store,
    pulse: () => pulse(),
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
