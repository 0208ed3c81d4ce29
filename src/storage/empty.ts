import type { Journal, Kept, Passing } from './schema';

export const emptyKept = (): Kept => ({
  settings: { language: 'system', theme: 'system', skipWhenOnlyAdds: false, rules: [] },
  connection: null,
  accounts: [],
  keys: [],
  cards: {},
});

export const emptyJournal = (salt: string): Journal => ({ salt, records: [], secrets: {} });

export const emptyPassing = (): Passing => ({
  managementKey: null,
  revealed: {},
  secrets: {},
  running: {},
  notices: [],
  intent: null,
  quietUntil: 0,
});
