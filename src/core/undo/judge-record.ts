import type { Fingerprints } from '../cliproxyapi/same-entry';
import type { Provider } from '../cliproxyapi/provider';
import type { RedactedProvider } from '../cliproxyapi/redact';
import { parseJson } from '../json';
import { countSame, isAlike } from './find-same';
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
  const there = count(after);
  // Equal ones were there before one of them was written.
  if (there > 0) return before === null && there < alike ? 'not-written' : 'written';
  if (before !== null) return count(before) > 0 ? 'not-written' : 'needs-look';
  return isAnyAlike(providers, after, fingerprints) ? 'needs-look' : 'not-written';
}

function isAnyAlike(providers: readonly Provider[], text: string, fingerprints: Fingerprints): boolean {
  const journaled = parseJson(text) as RedactedProvider;
  return providers.some((provider) => isAlike(provider, journaled, fingerprints));
}

/**
 * What a list says, hours later maybe, of a write that was called not written. An entry that was there before the write may
 * have been changed by anybody since: that it is another now does not show that ours arrived.
 */
export function judgeLate(
  written: WrittenEntry,
  providers: readonly Provider[],
  fingerprints: Fingerprints,
): Exclude<Finding, 'unread'> {
  const { before, after } = written;
  const finding = judgeRecord(written, providers, fingerprints);
  if (before === null) return finding;
  const isChanged = after === null && isAnyAlike(providers, before, fingerprints);
  return finding === 'needs-look' || isChanged ? 'not-written' : finding;
}

/** Whether a finding says more of a write than is said already. */
export const isNews = (isOpen: boolean, finding: Finding): boolean =>
  finding === 'written' || finding === 'needs-look' || (isOpen && finding === 'not-written');
