/** The families whose accounts have a lasting token. */
export const ACCOUNT_FAMILIES = [
  'new-api',
  'new-api-old',
  'one-api',
  'one-hub',
  'veloera',
  'compatible',
] as const;
export type AccountFamily = (typeof ACCOUNT_FAMILIES)[number];

/** All families that KeyFerry distinguishes. */
export const RELAY_FAMILIES = [...ACCOUNT_FAMILIES, 'sub2api'] as const;
export type RelayFamily = (typeof RELAY_FAMILIES)[number];

/** Most families add it to their keys and accept them without; a key entered by hand may come from any of them. */
export const OPTIONAL_PREFIX = 'sk-';

/** The options of a new key beside its name. A family is asked only for those that it has a field for. */
export type NewKeyOption = 'group' | 'quota' | 'expiry' | 'models';

/** What pages and workflows need to know about a family before they talk to it. */
export interface FamilyTraits {
  /** `access-token`: created by the user in the settings. `session`: only a signed-in page has it, with whose login it ends. */
  token: 'access-token' | 'session';
  userId: 'required' | 'optional' | 'none';
  optionalPrefix: typeof OPTIONAL_PREFIX | undefined;
  /** The page of the access token; for `session`, a page where the user is logged in. */
  tokenPage: string;
  /** How the relay lists keys. Masked keys cost requests that the server counts. */
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
  // The cookie generation (before July 2026) needs the user id, the current one ignores it; both look the same.
  'new-api': { ...ANCESTOR, tokenPage: '/console/personal', lists: 'either', nameBytes: 50 },
  'new-api-old': { ...ANCESTOR, userId: 'required', tokenPage: '/personal' },
  'one-api': { ...ANCESTOR, tokenPage: '/setting', newKey: ['quota', 'expiry', 'models'] },
  'one-hub': { ...ANCESTOR, tokenPage: '/panel/profile' },
  veloera: { ...ANCESTOR, userId: 'required', tokenPage: '/personal' },
  sub2api: {
    token: 'session',
    userId: 'none',
    optionalPrefix: undefined,
    tokenPage: '/keys',
    lists: 'full',
    newKey: ['group'],
    nameBytes: null,
  },
  compatible: { ...ANCESTOR, tokenPage: '/console/personal', lists: 'either' },
};

/** Whether users have a token that outlives their login, and can be typed. */
export const hasLastingToken = (family: RelayFamily): family is AccountFamily =>
  FAMILIES[family].token === 'access-token';
