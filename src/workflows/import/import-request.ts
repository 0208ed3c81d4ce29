import { baseUrlAsTyped } from '../../core/base-url';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import type { ImportRequest } from '../../core/import/plan';
import type { Result } from '../../core/failures/result';
import { ok } from '../../core/failures/result';
import type { ImportDraft } from '../../core/import/draft';
import { spokenBy, type KeyFacts } from '../accounts/find-key';

/** What the planner needs from what the dialog holds. A base URL that the user typed is kept as typed. */
export function requestFrom(draft: ImportDraft, key: KeyFacts, text: string): Result<ImportRequest> {
  const baseUrl = draft.baseUrlTyped
    ? baseUrlAsTyped(draft.baseUrl)
    : listTraits(draft.list).baseUrl(key.address);
  if (!baseUrl.ok) return baseUrl;
  const { priority, ...options } = draft.options;
  return ok({
    key: text,
    optionalPrefix: key.optionalPrefix,
    baseUrl: baseUrl.value,
    providerName: draft.providerName,
    models: draft.models,
    speaks: spokenBy(
      key,
      draft.list,
      draft.models.map(({ name }) => name),
    ),
    target: draft.target,
    options: {
      ...options,
      ...(priority?.trim() && { priority: Number(priority) }),
    },
    enable: draft.enable,
    correctBaseUrl: draft.correctBaseUrl,
    nameModels: draft.nameModels,
  });
}
