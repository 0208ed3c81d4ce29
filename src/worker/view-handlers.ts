import { applyChange, changeOf } from '../core/view/view-change';
import { ok } from '../core/failures/result';
import { clearIntent, forgetNotices, setIntent } from '../workflows/view/keep-intent';
import { readView } from '../workflows/view/read-view';
import { saveSettings } from '../workflows/view/save-settings';
import type { Ports } from '../workflows/ports';
import { done, type HandlersOf, type WorkerHooks } from './hooks';

/** The picture, and what pages change in it. */
export function viewHandlers(
  ports: Ports,
  { works, pictures, lookAgain }: WorkerHooks,
): HandlersOf<
  'view' | 'view.since' | 'work.progress' | 'settings.save' | 'notices.seen' | 'intent.set' | 'intent.clear'
> {
  return {
    view: async () => {
      lookAgain();
      return pictures.keep(await readView(ports));
    },
    'view.since': async ({ version }) => {
      lookAgain();
      const now = await readView(ports);
      const before = now.ok ? pictures.at(version) : undefined;
      if (!now.ok || !before) {
        const whole = pictures.keep(now);
        return whole.ok ? ok({ whole: whole.value }) : whole;
      }
      const change = changeOf(before, now.value);
      if (!change.keys && !change.accounts && Object.keys(change.rest).length === 0)
        return ok({ version, change });
      // What did not change is shared with the pictures before.
      const after = pictures.keep(ok(applyChange(before, change)));
      return after.ok ? ok({ version: after.value.version ?? '', change }) : after;
    },
    'work.progress': ({ workId }) => done(works.progress(workId)),
    'settings.save': ({ settings }) => saveSettings(ports, settings),
    'notices.seen': ({ ids }) => forgetNotices(ports, ids),
    'intent.set': (intent) => setIntent(ports, intent),
    'intent.clear': () => clearIntent(ports),
  };
}
