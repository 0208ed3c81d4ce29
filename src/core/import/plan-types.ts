import type { Spoken } from '../accounts/api-format';
import type { ChosenModel } from '../aliases/alias-models';
import type { BaseUrl, oddBaseUrl } from '../base-url';
import type { FailureCode } from '../failures/failure';
import type { ProviderRef } from '../cliproxyapi/find-provider';
import type { ListName } from '../cliproxyapi/lists/list-traits';
import type { ListRefusal } from '../cliproxyapi/lists/list-allowed';
import type { PoolMember } from '../cliproxyapi/pools';
import type { Provider } from '../cliproxyapi/provider';
import type { ListUnclear } from '../cliproxyapi/provider-list';
import type { Change } from './change';
import type { JoinedModels } from './join-models';

/** What the user asked for: one key with its models. */
export interface ImportRequest {
  key: string;
  /** A prefix that the relay family adds to keys and that makes no difference (`sk-`), if it has one. */
  optionalPrefix: string | undefined;
  baseUrl: BaseUrl;
  providerName: string;
  models: readonly ChosenModel[];
  target: { kind: 'auto' } | { kind: 'create' } | { kind: 'join'; ref: ProviderRef };
  /** Only what the user set; absent leaves the provider's own. */
  options: { prefix?: string; priority?: number; proxyUrl?: string; headers?: Record<string, string> };
  /** Switch a disabled provider on. */
  enable: boolean;
  /** Put right the base URL of the provider that is joined, where calls to it go nowhere. */
  correctBaseUrl: boolean;
  /** Whether the relay speaks the language of the list; absent: it does. */
  speaks?: Spoken;
  /** Name the chosen models in an entry that names none and serves the list's own catalogue until then. */
  nameModels: boolean;
}

/** What the user should know before pressing Import; the dialog offers the ways out. */
export type PlanNotice =
  | { kind: 'pool'; members: PoolMember[] }
  | { kind: 'pool-inside'; models: { name: string; alias: string; by: string }[] }
  | { kind: 'left-out'; models: { name: string; alias: string; by: string }[] }
  | { kind: 'brackets'; models: { name: string; asked: string }[] }
  | { kind: 'kept-alias'; count: number }
  | { kind: 'disabled'; name: string; enabled: boolean }
  | { kind: 'no-version'; name: string; baseUrl: string; proposed: string; corrected: boolean }
  | { kind: 'other-host'; name: string; baseUrl: string }
  | { kind: 'name-taken'; ref: ProviderRef; newName: string }
  | { kind: 'odd-url'; hint: NonNullable<ReturnType<typeof oddBaseUrl>> }
  /** Plain http to a host outside the user's network: the key can be read on the way. */
  | { kind: 'open-http' }
  /** The relay does not speak the list's language, or whether it does is not known. */
  | { kind: 'unspoken' | 'unsure'; list: ListName }
  | { kind: 'url-form'; name: string; baseUrl: string; proposed: string; corrected: boolean }
  | { kind: 'keyless'; name: string }
  | { kind: 'catalogue'; name: string; replaced: boolean }
  | { kind: 'excluded'; models: string[] }
  | { kind: 'no-models'; name: string };

export interface ImportPlan {
  kind: 'create' | 'update' | 'unchanged';
  /** Place of the entry in `providers`. */
  index: number;
  before: Provider | null;
  after: Provider;
  /** The whole list after the write; every entry but the touched one is the very object that was read. */
  providers: readonly Provider[];
  /** Top-level fields of the entry that differ. */
  fields: string[];
  /** Place of the key among the entry's keys; its text there may lack `sk-`. */
  keyIndex: number;
  /** Chosen models that the entry holds after the write, with the name that clients will see. */
  expected: { name: string; alias: string }[];
  changes: Change[];
  notices: PlanNotice[];
  /** True when nothing of the user's is changed, removed or shared: such a plan may be applied without asking. */
  onlyAdds: boolean;
}

/** What a plan consists of before it is told what it changes. */
export interface PlanDraft extends Pick<
  ImportPlan,
  'kind' | 'index' | 'before' | 'after' | 'providers' | 'keyIndex' | 'notices'
> {
  joined: JoinedModels;
  /** The entry held the key before. */
  keyKnown: boolean;
}

export type PlanFailure =
  | { code: 'several-matches'; count: number; candidates: ProviderRef[] }
  | { code: Extract<FailureCode, 'no-models' | 'bad-prefix' | 'bad-priority' | 'bad-proxy'> }
  | { code: 'too-many-models'; chosen: number; most: number }
  | { code: 'bad-header'; name: string }
  | { code: 'bad-alias'; name: string }
  | { code: 'match-gone'; name: string }
  | { code: 'same-entry'; list: string }
  | ListUnclear
  | ListRefusal;
