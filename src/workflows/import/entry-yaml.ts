import { selectList } from '../../core/cliproxyapi/provider-list';
import { entryLines } from '../../core/cliproxyapi/v8/entry-yaml';
import { fail, ok, type Result } from '../../core/failures/result';
import type { ImportDraft } from '../../core/import/draft';
import { planImport } from '../../core/import/plan';
import { findKey } from '../accounts/find-key';
import { revealKey } from '../accounts/reveal-key';
import type { Ports } from '../ports';
import { requestFrom } from './import-request';
import { withoutCandidates } from './plan-view';

/**
 * What an import would make, as lines of config.yaml, where KeyFerry may not write the list itself. An entry of its own, as
 * on a list with nothing in it; nothing is asked of CLIProxyAPI.
 */
export async function entryYaml(
  ports: Ports,
  {
    keyId,
    draft,
    layout,
    masked,
  }: { keyId: string; draft: ImportDraft; layout: 'old' | 'new'; masked: boolean },
): Promise<Result<string>> {
  const key = await findKey(ports, keyId);
  if (!key.ok) return key;
  const text = masked ? ok(key.value.mask) : await revealKey(ports, key.value);
  if (!text.ok) return text;
  const request = requestFrom(draft, key.value, text.value);
  if (!request.ok) return request;
  const list = selectList({ ...NOTHING, lists: { [draft.list]: [] } }, draft.list);
  if (!list.ok) return list;
  const plan = planImport(list.value, { ...request.value, target: { kind: 'create' } });
  return plan.ok
    ? ok(entryLines(draft.list, plan.value.after, layout, draft.providerName))
    : fail(withoutCandidates(plan.failure));
}

/** A CLIProxyAPI of which nothing is known. */
const NOTHING = { root: '', forcePrefix: false, proxyKeys: [], version: null, supportsPlugins: true };
