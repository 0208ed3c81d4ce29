import type { Journal, Saved, Session } from './schema';

export const emptySaved = (): Saved => ({
  settings: { language: 'system', theme: 'system', skipWhenOnlyAdds: false, rules: [] },
  connection: null,
  accounts: [],
  keys: [],
  cards: {},
});

export const emptyJournal = (salt: string): Journal => ({ salt, records: [], secrets: {} });

export const emptySession = (): Session => ({
  managementKey: null,
  revealed: {},
  secrets: {},
  running: {},
  notices: [],
  intent: null,
  quietUntil: 0,
});
