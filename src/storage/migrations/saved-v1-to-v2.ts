/** What of the first version is read here; everything else passes as it is, and the schema of today checks the whole. */
interface SavedV1 {
  settings: object;
  accounts: { keys: object[] }[];
  cards: Record<string, { kind: string; family?: string }>;
  newApis?: object[];
  channelLinks?: object[];
}

/** Version 1 left out what was empty or never chosen, and called the list of a card its family. */
export function savedV1ToV2(old: unknown): unknown {
  const saved = old as SavedV1;
  return {
    labels: {},
    reveals: {},
    waits: {},
    ...saved,
    settings: { ruleSets: [], relayRules: {}, keysAs: 'cards', told: [], sites: {}, ...saved.settings },
    accounts: saved.accounts.map((account) => ({
      more: false,
      ...account,
      keys: account.keys.map((key) => ({ models: null, ...key })),
    })),
    cards: Object.fromEntries(
      Object.entries(saved.cards).map(([id, { family = 'openai-compatibility', ...card }]) => [
        id,
        { ...card, list: family },
      ]),
    ),
    newApis: saved.newApis?.map((newApi) => ({ sync: NO_SYNC, ...newApi })) ?? [],
    channelLinks: saved.channelLinks?.map((link) => ({ made: false, ...link })) ?? [],
  };
}

const NO_SYNC = {
  everyHours: 0,
  applyAdded: false,
  rules: { include: [], exclude: [] },
  skip: [],
  lastAt: null,
};
