import { HIDDEN } from '../hidden-signs';
import { MOST_MODELS } from '../aliases/proposed-models';
import { isProxyUrl } from '../proxy-url';
import { isHeaderName, isHeaderValue } from '../cliproxyapi/name-resolution';
import { cleanPrefix } from '../cliproxyapi/served-names';
import type { ImportRequest, PlanFailure } from './plan-types';

/** What of a request can go into no list. */
export function checkRequest(request: ImportRequest): PlanFailure | undefined {
  const { prefix, priority, proxyUrl, headers } = request.options;
  const chosen = new Set(request.models.map(({ name }) => name)).size;
  if (chosen > MOST_MODELS) return { code: 'too-many-models', chosen, most: MOST_MODELS };
  if (prefix !== undefined && prefix.trim() !== '' && !cleanPrefix(prefix)) return { code: 'bad-prefix' };
  if (priority !== undefined && !Number.isSafeInteger(priority)) return { code: 'bad-priority' };
  if (proxyUrl && !isProxyUrl(proxyUrl)) return { code: 'bad-proxy' };
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (!isHeaderName(name.trim()) || !isHeaderValue(value)) return { code: 'bad-header', name };
  }
  const odd = request.models.find(({ name, alias }) => !name.trim() || !alias.trim() || HIDDEN.test(alias));
  return odd && { code: 'bad-alias', name: odd.name };
}
