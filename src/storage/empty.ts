import type { Journal } from './journal-schema';
import type { Saved, Session } from './schema';

export const emptySaved = (): Saved => ({
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
  connection: null,
  accounts: [],
  keys: [],
  labels: {},
  reveals: {},
  waits: {},
  cards: {},
  newApis: [],
  channelLinks: [],
});

export const emptyJournal = (salt: string): Journal => ({ salt, records: [], secrets: {}, syncRuns: [] });

export const emptySession = (): Session => ({
  managementKey: null,
  revealed: {},
  secrets: {},
  running: {},
  notices: [],
  intent: null,
  quietUntil: 0,
});
