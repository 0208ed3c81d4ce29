import { baseUrlFromAddress, type BaseUrl } from '../../base-url';
import { ok, type Result } from '../../failures/result';

/** A version at the end of a path, with what may follow it in addresses that users copy. */
const VERSION_END = /\/v\d+(?:(?:alpha|beta)\d*)?(?:\/openai)?$/i;

/**
 * The address without version: CLIProxyAPI puts `/v1/messages` or `/v1beta/models/…` behind the base of these lists, and
 * to some of them without minding a slash (CLIProxyAPI 7.2).
 */
export function rootFromAddress(address: string): Result<BaseUrl> {
  const base = baseUrlFromAddress(address);
  return base.ok ? ok(withoutVersion(base.value) as BaseUrl) : base;
}

const withoutVersion = (baseUrl: string): string =>
  baseUrl.trim().replace(/\/+$/, '').replace(VERSION_END, '').replace(/\/+$/, '');

/** Undefined where the base is a root already. `slash`: whether one at the end does harm, too. */
export function mendedRoot(baseUrl: string, slash: boolean): string | undefined {
  const asIs = slash ? baseUrl.trim() : baseUrl.trim().replace(/\/$/, '');
  const root = withoutVersion(baseUrl);
  return asIs === root ? undefined : root;
}
