import * as v from 'valibot';
import { draftSchema } from '../core/import/draft';
import type { ImportOutcome, OpenedImport } from '../core/import/opened';
import type { Planned } from '../core/import/planned';
import type { View } from '../core/view/view';
import { answers, done } from './answers';

const keyId = { keyId: v.string() };
const importDraft = { ...keyId, draft: draftSchema };

/** What the popup's picture and the import of one key need. Apart, since the worker checks the others when it loads them. */
export const FIRST_MESSAGES = {
  /** The whole picture. A page that has one asks for `view.since`. */
  view: answers<View>()({}),
  'import.open': answers<OpenedImport>()(keyId),
  'import.plan': answers<Planned>()(importDraft),
  'import.apply': answers<ImportOutcome>()({ ...importDraft, planHash: v.string() }),
  /**
   * A dialog was closed, and what its plans rest on is dropped. `id`: the id of the key, batch, New API or export; empty for
   * an entry, since all such dialogs share one reading.
   */
  'plan.close': done({
    dialog: v.picklist(['import', 'batch', 'entry', 'channel-import', 'channel-export']),
    id: v.string(),
  }),
  /** Stops a work after the step under way; its answer says what was not done. `workId`: also the id of a key, batch or export. */
  'work.stop': done({ workId: v.string() }),
} as const;
