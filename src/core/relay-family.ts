/** The kinds of relay whose accounts KeyFerry can keep: those with a token that lasts. */
export const ACCOUNT_FAMILIES = [
  'new-api',
  'new-api-old',
  'one-api',
  'one-hub',
  'veloera',
  'compatible',
] as const;
export type AccountFamily = (typeof ACCOUNT_FAMILIES)[number];

/** The kinds of relay that are told apart. */
export const RELAY_FAMILIES = [...ACCOUNT_FAMILIES, 'sub2api'] as const;
export type RelayFamily = (typeof RELAY_FAMILIES)[number];

/** What a family adds to its keys and ignores when it is absent; keys entered by hand may come from any of them. */
export const OPTIONAL_PREFIX = 'sk-';

/** What can be said of a new key beside its name. What a family has no field for must not be asked of it. */
export type NewKeyOption = 'group' | 'quota' | 'expiry' | 'models';

export interface Rate {
  count: number;
  seconds: number;
}

/** What pages and workflows need to know of a family before they talk to it. */
export interface FamilyTraits {
  /** `access-token`: made by the user in the settings. `session`: only a logged-in page has it, and it expires. */
  token: 'access-token' | 'session';
  userId: 'required' | 'optional' | 'none';
  optionalPrefix: typeof OPTIONAL_PREFIX | undefined;
  /** Where the access token stands on the site; where the user is logged in, for `session`. */
  tokenPage: string;
  /** How keys stand in the list. Masked ones cost requests that the server counts (`revealLimit`). */
  lists: 'masked' | 'full' | 'either';
  newKey: readonly NewKeyOption[];
  /** The longest name of a key, in bytes of UTF-8; null: not known. */
  nameBytes: number | null;
  /** Calls to /api per address of the client; null: not known. */
  apiLimit: Rate | null;
  /** Reveals per address; signing in to the site draws on the same. Null: no such limit. */
  revealLimit: Rate | null;
}

const ALL_OPTIONS = ['group', 'quota', 'expiry', 'models'] as const;
const REVEALS: Rate = { count: 20, seconds: 1_200 };

const ANCESTOR = {
  token: 'access-token',
  userId: 'optional',
  optionalPrefix: OPTIONAL_PREFIX,
  lists: 'full',
  newKey: ALL_OPTIONS,
  nameBytes: 30,
  revealLimit: null,
} as const;

/** Limits, names and login: relays/verified.md sections 1, 4 and 7. Pages: read in the sources of the sites. */
export const FAMILIES: Record<RelayFamily, FamilyTraits> = {
  // Its cookie generation of before July 2026 needs the user id, the current one ignores it; both look the same.
  'new-api': {
    ...ANCESTOR,
    tokenPage: '/console/personal',
    lists: 'either',
    nameBytes: 50,
    apiLimit: { count: 360, seconds: 180 },
    revealLimit: REVEALS,
  },
  'new-api-old': {
    ...ANCESTOR,
    userId: 'required',
    tokenPage: '/personal',
    apiLimit: { count: 180, seconds: 180 },
  },
  'one-api': {
    ...ANCESTOR,
    tokenPage: '/setting',
    newKey: ['quota', 'expiry', 'models'],
    apiLimit: { count: 480, seconds: 180 },
  },
  'one-hub': { ...ANCESTOR, tokenPage: '/panel/profile', apiLimit: { count: 300, seconds: 180 } },
  veloera: {
    ...ANCESTOR,
    userId: 'required',
    tokenPage: '/personal',
    apiLimit: { count: 180, seconds: 180 },
  },
  sub2api: {
    token: 'session',
    userId: 'none',
    optionalPrefix: undefined,
    tokenPage: '/keys',
    lists: 'full',
    newKey: ['group'],
    nameBytes: null,
    apiLimit: null,
    revealLimit: null,
  },
  compatible: {
    ...ANCESTOR,
    tokenPage: '/console/personal',
    lists: 'either',
    apiLimit: null,
    revealLimit: REVEALS,
  },
};
