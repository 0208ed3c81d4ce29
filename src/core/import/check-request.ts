import { HIDDEN } from '../hidden-signs';
import { isProxyUrl } from '../proxy-url';
import { isHeaderName, isHeaderValue } from '../cliproxyapi/name-resolution';
import { cleanPrefix } from '../cliproxyapi/served-names';
import type { ImportRequest, PlanFailure } from './plan-types';

/** What of a request can go into no list. */
export function checkRequest(request: ImportRequest): PlanFailure | undefined {
  const { prefix, priority, proxyUrl, headers } = request.options;
  if (prefix !== undefined && prefix.trim() !== '' && !cleanPrefix(prefix)) return { code: 'bad-prefix' };
  if (priority !== undefined && !Number.isSafeInteger(priority)) return { code: 'bad-priority' };
  if (proxyUrl && !isProxyUrl(proxyUrl)) return { code: 'bad-proxy' };
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (!isHeaderName(name.trim()) || !isHeaderValue(value)) return { code: 'bad-header', name };
  }
  const odd = request.models.find(({ name, alias }) => !name.trim() || !alias.trim() || isOdd(alias, name));
  return odd && { code: 'bad-alias', name: odd.name };
}

/** A relay's own name that hides signs is asked for as it is; nobody makes such an alias on purpose. */
const isOdd = (alias: string, name: string): boolean => (alias === name ? /\p{Cc}/u : HIDDEN).test(alias);
