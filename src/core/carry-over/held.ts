import {
  baseUrlOf,
  isPaused,
  keyEntries,
  nameOf,
  servedModelsOf,
  type Provider,
} from '../cliproxyapi/provider';
import { changedFields } from '../cliproxyapi/entry-change';
import { isEmptyField, sameContent } from '../cliproxyapi/same-entry';
import { cleanPrefix } from '../cliproxyapi/served-names';
import { isEditApplied } from '../entries/applied';
import { canonicalJson } from '../json';
import { memo } from '../memo';

/** An entry as it is to be, and how many were like that before the write: byte for byte, and in what counts. */
interface Awaited {
  after: Provider;
  before: Provider | null;
  counted: number;
  alike: number;
}

/**
 * Whether a list that was read back holds a carried entry: as it was written, or but for fields that this server does not
 * know, and dropped.
 */
export const isCarried = (entry: Awaited, providers: readonly Provider[]): boolean =>
  isEditApplied(entry, providers, entry.counted) || countAlike(entry.after, providers) > entry.alike;

/** How many entries of a list are like one in all that it is told by, and that decides what is served and where keys go. */
export const countAlike = (entry: Provider, providers: readonly Provider[]): number =>
  providers.filter((other) => essence(other) === essence(entry)).length;

/** The place that a carried entry has in a list; -1: it is not there. */
export function placeOfCarried({ after }: Pick<Awaited, 'after'>, providers: readonly Provider[]): number {
  const same = providers.findLastIndex((other) => sameContent(other, after));
  return same >= 0 ? same : providers.findLastIndex((other) => essence(other) === essence(after));
}

/** Top-level fields of an entry that the server did not keep. */
export function droppedFields(after: Provider, now: Provider): string[] {
  if (sameContent(after, now)) return [];
  return changedFields(after, now).filter((name) => !isEmptyField(name, after[name]));
}

const essence = memo(
  (entry: Provider): string =>
    canonicalJson([
      nameOf(entry),
      baseUrlOf(entry),
      cleanPrefix(entry.prefix),
      isPaused(entry),
      entry.headers ?? {},
      keyEntries(entry).map((key) => [key['api-key']?.trim() ?? '', key['proxy-url']?.trim() ?? '']),
      servedModelsOf(entry),
    ]),
  new WeakMap(),
);
