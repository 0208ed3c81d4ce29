import { hostOf, shownUrl } from '../base-url';
import { findProvider, holdsKey, resolveRef } from '../cliproxyapi/find-provider';
import { listTraits } from '../cliproxyapi/lists/table';
import type { ProviderList } from '../cliproxyapi/provider-list';
import type { ImportRequest, PlanFailure, PlanNotice } from './plan-types';
import { baseUrlOf, nameOf, sameName, type Provider } from '../cliproxyapi/provider';
import { fail, ok, type Result } from '../failures/result';

interface Located {
  /** The entry to join, or undefined to create one named `newName`. */
  index: number | undefined;
  newName: string;
  notices: PlanNotice[];
}

/** Where the key goes: the provider of its URL, the one the user chose, or a new one under a free name. */
export function locateProvider(
  { list, providers }: ProviderList,
  request: ImportRequest,
): Result<Located, PlanFailure> {
  const { keyPerEntry } = listTraits(list);
  const wantedName = request.providerName.trim() || hostOf(request.baseUrl);
  const create = (notices: PlanNotice[] = []): Result<Located, PlanFailure> =>
    ok({ index: undefined, newName: freeName(providers, wantedName, request.baseUrl), notices });
  const { target } = request;
  if (target.kind === 'join') {
    // An entry that is another key takes no second one.
    const index = resolveRef(providers, target.ref, (entry) => !keyPerEntry || holdsKey(entry, request));
    const provider = index === undefined ? undefined : providers[index];
    if (!provider) return fail({ code: 'match-gone', name: target.ref.name });
    return ok({ index, newName: '', notices: otherHost(provider, request.baseUrl) });
  }
  const match = findProvider(providers, { ...request, name: wantedName, keyPerEntry });
  // An entry that is this very key is never made a second time: both would share its requests.
  if (target.kind === 'create' && !keyPerEntry) return create();
  if (match.kind === 'none') return create();
  if (match.kind === 'by-url') return ok({ index: match.index, newName: '', notices: [] });
  if (match.kind === 'several') {
    const { candidates } = match;
    return fail({ code: 'several-matches', count: candidates.length, candidates });
  }
  const newName = freeName(providers, wantedName, request.baseUrl);
  return create([{ kind: 'name-taken', ref: match.ref, newName }]);
}

function otherHost(provider: Provider, baseUrl: string): PlanNotice[] {
  if (hostOf(baseUrlOf(provider)) === hostOf(baseUrl)) return [];
  return [{ kind: 'other-host', name: nameOf(provider), baseUrl: shownUrl(baseUrlOf(provider)) }];
}

/** Names of providers must differ (CLIProxyAPI 7.2): `relay`, else `relay (host)`, else `relay (host) 2` … */
export function freeName(providers: readonly Provider[], wanted: string, baseUrl: string): string {
  const taken = (name: string): boolean => providers.some((provider) => sameName(nameOf(provider), name));
  if (!taken(wanted)) return wanted;
  const withHost = `${wanted} (${hostOf(baseUrl)})`;
  let name = withHost;
  for (let n = 2; taken(name); n++) name = `${withHost} ${n}`;
  return name;
}
