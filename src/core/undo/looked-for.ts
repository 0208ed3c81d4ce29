import type { ListName } from '../cliproxyapi/lists/list-traits';

/** What decides whether somebody still looks how a write ended. */
export interface SoughtWrite {
  /** When the write began; milliseconds since 1970. */
  at: number;
  phase: 'writing' | 'written' | 'done' | 'not-written' | 'needs-look' | 'undone';
  /** `not-written` because no list showed it. */
  unseen?: boolean | undefined;
  keyIds: readonly string[];
  proxyRoot: string;
  list: ListName;
  providerName: string;
}

/**
 * How long a write that no list showed is looked for, in milliseconds. What lies between us and the server delivers within
 * seconds or minutes; a user may look a day later.
 */
export const SOUGHT_MS = 24 * 60 * 60 * 1000;

/**
 * The writes of which a list may yet tell how they ended: the open ones, and those that were called not written because no
 * list showed them, until they are too old or a later write was about the same provider or key. `records`: newest first.
 */
export const lookedFor = <W extends SoughtWrite>(records: readonly W[], now: number): W[] =>
  records.filter(
    (record, index) =>
      record.phase === 'writing' ||
      record.phase === 'written' ||
      (record.phase === 'not-written' &&
        record.unseen === true &&
        now - record.at < SOUGHT_MS &&
        !records.slice(0, index).some((later) => isAboutSame(later, record))),
  );

const isAboutSame = (a: SoughtWrite, b: SoughtWrite): boolean =>
  a.proxyRoot === b.proxyRoot &&
  ((a.list === b.list && a.providerName === b.providerName) || a.keyIds.some((id) => b.keyIds.includes(id)));
