import { ok, fail, type Result } from '../failures/result';
import type { ListName } from './lists/list-traits';
import type { OtherModels } from './pools';
import { isPaused, nameOf, priorityOf, type Provider } from './provider';
import { READ_LISTS, type ProxyConfig } from './proxy-config';
import { allServedNames } from './served-names';

/** One list of a CLIProxyAPI, with all that decides whether a new name in it would share requests. */
export interface ProviderList {
  list: ListName;
  providers: readonly Provider[];
  /** What all other lists serve under explicit names. */
  others: readonly OtherModels[];
  forcePrefix: boolean;
  /** `X-CPA-VERSION`, or null where it is not known. */
  version: string | null;
}

/** An entry of a list, and one of its keys, by their places. */
export interface KeyPlace extends ProviderList {
  index: number;
  keyIndex: number;
}

/** The entry at a place. */
export function entryAt({ providers, index }: Pick<KeyPlace, 'providers' | 'index'>): Provider {
  const entry = providers[index];
  if (!entry) throw new Error('the place is not in its list');
  return entry;
}

/** A list that was not understood; it is never taken for empty. */
export interface ListUnclear {
  code: 'list-unclear';
  list: ListName;
}

export function selectList(config: ProxyConfig, list: ListName): Result<ProviderList, ListUnclear> {
  const providers = config.lists[list];
  if (!providers) return fail({ code: 'list-unclear', list });
  const { forcePrefix, version } = config;
  const others = othersOf(config, list);
  return ok({ list, providers, others, forcePrefix, version });
}

const othersOf = ({ lists, forcePrefix }: ProxyConfig, list: ListName): OtherModels[] =>
  READ_LISTS.filter((name) => name !== list).flatMap((name) =>
    (lists[name] ?? [])
      .filter((entry) => !isPaused(entry))
      .map((entry) => ({
        label: nameOf(entry) || name,
        priority: priorityOf(entry),
        names: allServedNames(entry, forcePrefix).filter(Boolean),
      })),
  );
