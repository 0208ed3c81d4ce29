import type { NewKeyOption } from '../core/accounts/relay-family';
import type { KeyDraft } from './relay';

/**
 * What a draft asks for without a field for it in the family. `createKey` throws on such a draft, so check it before.
 */
export function unsupportedOptions(
  draft: Partial<KeyDraft>,
  supported: readonly NewKeyOption[],
): NewKeyOption[] {
  const asked: Record<NewKeyOption, boolean> = {
    group: (draft.group ?? '') !== '',
    quota: (draft.quota ?? null) !== null,
    expiry: (draft.expiredTime ?? -1) !== -1,
    models: (draft.models ?? null) !== null,
  };
  return (Object.keys(asked) as NewKeyOption[]).filter((name) => asked[name] && !supported.includes(name));
}

/** Dropping a limit silently would create a key that spends more than its owner meant. */
export function assertSupported(draft: Partial<KeyDraft>, supported: readonly NewKeyOption[]): void {
  const missing = unsupportedOptions(draft, supported);
  if (missing.length > 0) throw new Error(`this family cannot make keys with: ${missing.join(', ')}`);
}
