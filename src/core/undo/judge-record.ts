import { countSame, isAlike, type Fingerprints } from '../cliproxyapi/same-entry';
import type { Provider } from '../cliproxyapi/provider';
import type { RedactedProvider } from '../cliproxyapi/redact';
import { parseJson } from '../json';
import type { WrittenEntry } from './written-entry';

/** How a write ended that was cut off; `unread`: the list could not be looked at. */
export type Finding = 'written' | 'not-written' | 'needs-look' | 'unread';

/** What a list says of a write that was cut off before its answer came. */
export function judgeRecord(
  { before, after, alike }: WrittenEntry,
  providers: readonly Provider[],
  fingerprints: Fingerprints,
): Exclude<Finding, 'unread'> {
  const count = (text: string): number => countSame(providers, text, fingerprints);
  // Of equal entries only one goes.
  if (after === null) return before !== null && count(before) >= alike ? 'not-written' : 'written';
  if (count(after) > 0) return 'written';
  if (before !== null) return count(before) > 0 ? 'not-written' : 'needs-look';
  const journaled = parseJson(after) as RedactedProvider;
  return providers.some((provider) => isAlike(provider, journaled, fingerprints))
    ? 'needs-look'
    : 'not-written';
}
