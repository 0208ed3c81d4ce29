import type { Journal } from './journal-schema';
import type { ProxySession, StoredSaved, StoredSession } from './schema';

/** The id of the CLIProxyAPI that is there from the beginning. */
export const FIRST_PROXY = 'first';

export const emptySaved = (): StoredSaved => ({
  settings: {
    language: 'system',
    theme: 'system',
    skipWhenOnlyAdds: false,
    rules: [],
    ruleSets: [],
    relayRules: {},
    keysAs: 'cards',
    told: [],
    sites: {},
  },
  proxies: [{ id: FIRST_PROXY, connection: null, cards: {} }],
  accounts: [],
  keys: [],
  labels: {},
  reveals: {},
  waits: {},
  newApis: [],
  channelLinks: [],
});

export const emptyJournal = (salt: string): Journal => ({ salt, records: [], secrets: {}, syncRuns: [] });

export const emptySession = (): StoredSession => ({
  proxies: {},
  revealed: {},
  secrets: {},
  notices: [],
  intent: null,
});

export const emptyProxySession = (): ProxySession => ({ managementKey: null, running: {}, quietUntil: 0 });
