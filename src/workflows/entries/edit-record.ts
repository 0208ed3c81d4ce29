import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import type { Provider } from '../../core/cliproxyapi/provider';
import { redact } from '../../core/cliproxyapi/redact';
import type { ChangedEntry } from '../../core/cliproxyapi/update-cards';
import type { Change } from '../../core/import/change';
import { fingerprintsOf, NEW_RECORD, type NewRecord } from '../history/entry-records';
import { updateCardsOf } from '../history/update-cards-of';
import type { Ports } from '../ports';

/** An entry that was changed or taken out. */
interface Edited {
  list: ListName;
  index: number;
  before: Provider | null;
  after: Provider | null;
  changes: Change[];
  counted: number;
}

type About = Pick<
  NewRecord,
  'id' | 'at' | 'batch' | 'key' | 'keyIds' | 'relayName' | 'proxyRoot' | 'providerName' | 'planHash'
>;

/** The journal's record of an edit. */
export const editRecord = ({ list, index, after, changes, counted }: Edited, about: About): NewRecord => ({
  ...NEW_RECORD,
  ...about,
  action: 'edit',
  list,
  ...(after === null && { place: index, alike: counted }),
  changes,
});

/** Notes on the cards what edits did to their entries, by record. Cards know their keys by fingerprints. */
export async function noteOnCards(
  ports: Ports,
  edits: ReadonlyMap<string, Pick<Edited, 'list' | 'before' | 'after'>>,
  proxyRoot: string,
): Promise<void> {
  const prints = await fingerprintsOf(
    ports,
    [...edits.values()].flatMap(({ before, after }) => [before, after]),
  );
  const plain = (entry: Provider | null) => (entry && prints.ok ? redact(entry, prints.value) : null);
  const changed = [...edits].map(([id, { list, before, after }]): [string, ChangedEntry] => [
    id,
    { list, before: plain(before), after: plain(after) },
  ]);
  await updateCardsOf(ports, new Map(changed), proxyRoot);
}
