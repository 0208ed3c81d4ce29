import type { EntriesEdit } from '../../core/entries/entry-edit';

/** What can be done with many at once, in the order of the menu. */
export const EDITS = ['pause', 'resume', 'priority', 'proxy', 'prefix', 'remove'] as const;
export type EditName = (typeof EDITS)[number];

/** What the user sets in the dialog. */
export interface EditsDraft {
  /** The priority, proxy or prefix as typed. */
  text: string;
  emptied: boolean;
}

/** The order of a dialog. A priority that is not typed yet changes nothing. */
export function orderOf(name: EditName, { text, emptied }: EditsDraft): EntriesEdit {
  switch (name) {
    case 'pause':
      return { edit: { paused: true }, emptied };
    case 'resume':
      return { edit: { paused: false }, emptied };
    case 'priority':
      return { edit: text.trim() ? { priority: text } : {}, emptied };
    case 'proxy':
      return { edit: { proxyUrl: text }, emptied };
    case 'prefix':
      return { edit: { prefix: text }, emptied };
    case 'remove':
      return { edit: { remove: 'key' }, emptied };
  }
}
