interface RecordV1 {
  at: number;
  keyId: string | null;
  keyName: string;
  mask: string;
  batch?: string;
}

interface ProviderV1 extends RecordV1 {
  keyIds?: string[];
  family?: string;
  changes: { family?: string }[];
  draft: { family?: string } | null;
}

interface JournalV1 {
  records: ProviderV1[];
  channels?: RecordV1[];
  syncRuns?: object[];
}

/** Version 1 kept writes to channels in a list of their own, and left out what was empty or not known yet. */
export function journalV1ToV2(old: unknown): unknown {
  const { records, channels = [], syncRuns = [], ...journal } = old as JournalV1;
  return {
    ...journal,
    records: [...records.map(providerRecord), ...channels.map(channelRecord)].toSorted((a, b) => b.at - a.at),
    syncRuns: syncRuns.map((run) => ({ notTried: 0, ...run })),
  };
}

const enveloped = <T extends RecordV1>({ keyId, keyName, mask, batch, ...rest }: T) => ({
  ...rest,
  batch: batch ?? null,
  key: { id: keyId || null, name: keyName, mask },
});

const COMMON = 'openai-compatibility';

/** The common list was told by its absence. */
const listed = <T extends { family?: string }>({ family = COMMON, ...rest }: T) => ({
  ...rest,
  list: family,
});

function providerRecord(record: ProviderV1) {
  const { draft, changes, keyIds = record.keyId ? [record.keyId] : [] } = record;
  return {
    about: 'provider',
    place: null,
    alike: 1,
    ...listed(enveloped(record)),
    keyIds,
    changes: changes.map(({ family, ...line }) => ({ ...line, ...(family && { list: family }) })),
    draft: draft && { nameModels: false, ...listed(draft) },
  };
}

const channelRecord = (record: RecordV1) => ({
  about: 'channel',
  foundBy: null,
  linked: false,
  ...enveloped(record),
});
