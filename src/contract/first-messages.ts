import * as v from 'valibot';
import { draftSchema } from '../core/import/draft';
import type { OpenedImport } from '../core/import/opened';
import type { Planned } from '../core/import/planned';
import { INTENT } from '../core/view/intent';
import { settingsSchema } from '../core/view/settings';
import type { View } from '../core/view/view';
import type { ViewChange } from '../core/view/view-change';
import { answers, done } from './answers';

const keyId = { keyId: v.string() };

/**
 * What the picture of a page and its changes, the settings and the plan of one key need. Apart, since the worker checks the
 * others when it loads them.
 */
export const FIRST_MESSAGES = {
  /** The whole picture. A page that has one asks for `view.since`. */
  view: answers<View>()({}),
  /** What changed since the picture of that name; the whole one where the worker does not know it (any more). */
  'view.since': answers<{ whole: View } | { version: string; change: ViewChange }>()({ version: v.string() }),
  'settings.save': done({ settings: settingsSchema }),
  /** How far a work has come; null: it is not under way. For the page that awaits its answer. */
  'work.progress': answers<{ done: number; total: number } | null>()({ workId: v.string() }),
  'notices.seen': done({ ids: v.array(v.string()) }),
  'intent.clear': done({}),
  'intent.set': done(INTENT),
  'import.open': answers<OpenedImport>()(keyId),
  'import.plan': answers<Planned>()({ ...keyId, draft: draftSchema }),
  /**
   * A dialog was closed, and what its plans rest on is dropped. `id`: the id of the key, batch, change of many, New API
   * or export; empty for an entry, since all such dialogs share one reading.
   */
  'plan.close': done({
    dialog: v.picklist(['import', 'batch', 'entry', 'entries', 'channel-import', 'channel-export']),
    id: v.string(),
  }),
  /** Stops a work after the step under way; its answer says what was not done. `workId`: also the id of a key, batch or export. */
  'work.stop': done({ workId: v.string() }),
} as const;
