/** What is known at the relay, and not at CLIProxyAPI: the registry lists the model, and no request gets through. */
export type Unusable =
  /** The relay does not let the key use it, or does not speak the language of the list. */
  'barred' | 'unspoken' | `key-${'disabled' | 'expired' | 'used-up' | 'no-balance'}`;

export const isUnusable = (reason: string): reason is Unusable =>
  reason === 'barred' || reason === 'unspoken' || reason.startsWith('key-');

/** Why nobody knows whether a model is served: CLIProxyAPI refused the asking, or did not answer to the end. */
export type Unproved = 'refused' | 'unknown';

export const isUnproved = (reason: string): reason is Unproved =>
  reason === 'refused' || reason === 'unknown';
