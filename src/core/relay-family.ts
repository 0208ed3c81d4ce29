/** The kinds of relay whose accounts KeyFerry can read. */
export const RELAY_FAMILIES = ['new-api'] as const;
export type RelayFamily = (typeof RELAY_FAMILIES)[number];

/** What a family adds to its keys and ignores when it is absent; keys entered by hand may come from any of them. */
export const OPTIONAL_PREFIX = 'sk-';
