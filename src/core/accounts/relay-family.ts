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

/** What pages and workflows need to know of a family before they talk to it. */
export interface FamilyTraits {
  /** `access-token`: made by the user in the settings. `session`: only a logged-in page has it, and it expires. */
  token: 'access-token' | 'session';
  userId: 'required' | 'optional' | 'none';
  optionalPrefix: typeof OPTIONAL_PREFIX | undefined;
  /** Where the access token stands on the site; where the user is logged in, for `session`. */
  tokenPage: string;
  /** How keys stand in the list. Masked ones cost requests that the server counts. */
  lists: 'masked' | 'full' | 'either';
  newKey: readonly NewKeyOption[];
  /** The longest name of a key, in bytes of UTF-8; null: not known. */
  nameBytes: number | null;
}

const ALL_OPTIONS = ['group', 'quota', 'expiry', 'models'] as const;

const ANCESTOR = {
  token: 'access-token',
  userId: 'optional',
  optionalPrefix: OPTIONAL_PREFIX,
  lists: 'full',
  newKey: ALL_OPTIONS,
  nameBytes: 30,
} as const;

/** Limits, names and login: seen on running servers. Pages: read in the sources of the sites. */
export const FAMILIES: Record<RelayFamily, FamilyTraits> = {
  // Its cookie generation of before July 2026 needs the user id, the current one ignores it; both look the same.
  'new-api': {
    ...ANCESTOR,
    tokenPage: '/console/personal',
    lists: 'either',
    nameBytes: 50,
  },
  'new-api-old': {
    ...ANCESTOR,
    userId: 'required',
    tokenPage: '/personal',
  },
  'one-api': {
    ...ANCESTOR,
    tokenPage: '/setting',
    newKey: ['quota', 'expiry', 'models'],
  },
  'one-hub': { ...ANCESTOR, tokenPage: '/panel/profile' },
  veloera: {
    ...ANCESTOR,
    userId: 'required',
    tokenPage: '/personal',
  },
  sub2api: {
    token: 'session',
    userId: 'none',
    optionalPrefix: undefined,
    tokenPage: '/keys',
    lists: 'full',
    newKey: ['group'],
    nameBytes: null,
  },
  compatible: {
    ...ANCESTOR,
    tokenPage: '/console/personal',
    lists: 'either',
  },
};

/** Whether an account of the family can be kept: its token outlives the page that it was taken from. */
export const hasLastingToken = (family: RelayFamily): family is AccountFamily =>
  FAMILIES[family].token === 'access-token';
