import type { Found } from './pasted';

interface Step {
  kind: 'url' | 'page' | 'key';
  line: number;
  text: string;
  /** The text beside it in its line. */
  name: string;
  /** Of a key: the address in its own line, or empty. */
  address: string;
  /** Of an address: the first of its record, to which the record's name belongs. */
  first: boolean;
}

/** Lines without a blank line between them: addresses and keys in their order. */
export interface PlainRecord {
  name: string;
  steps: Step[];
  urls: number;
  keys: number;
  /** It begins with a key, so addresses stand below their keys. */
  keyFirst: boolean;
}

/** Gives each key its address, across blank lines only where there is one way to read them. */
export function joinRecords(parts: readonly (PlainRecord | 'wall')[]): Found[] {
  const found: Found[] = [];
  /** A record with an address and no keys yet; the next records may bring them. */
  let open: { record: PlainRecord; used: boolean } | undefined;
  /** Keys right before `open` that have no address. */
  let waiting: PlainRecord | undefined;
  let last: PlainRecord | undefined;

  const settle = (): void => {
    if (open && !open.used) {
      if (waiting) found.push(...keysOf(waiting, open.record, addressesIn(open.record)[0]));
      else found.push(...addressesOf(open.record));
    } else if (waiting) found.push(...keysOf(waiting));
    open = waiting = undefined;
  };
  const reset = (): void => {
    settle();
    if (last) found.push(...keysOf(last));
    last = undefined;
  };

  for (const part of parts) {
    if (part === 'wall') reset();
    else if (part.keys === 0) {
      // The keys before belong here, unless more keys follow: those then do.
      settle();
      waiting = last;
      last = undefined;
      open = { record: part, used: false };
    } else if (addressesIn(part).length > 0) {
      reset();
      found.push(...keysOf(part, part, ownNearest(part)));
    } else if (open) {
      if (waiting) found.push(...keysOf(waiting));
      waiting = undefined;
      open.used = true;
      found.push(...keysOf(part, open.record, addressesIn(open.record).at(-1)));
    } else {
      if (last) found.push(...keysOf(last));
      last = part;
    }
  }
  reset();
  return found;
}

/** Addresses of an API, or if there are none, of other pages. */
function addressesIn(record: PlainRecord): Step[] {
  const urls = record.steps.filter(({ kind }) => kind === 'url');
  return urls.length > 0 ? urls : record.steps.filter(({ kind }) => kind === 'page');
}

const addressesOf = (record: PlainRecord): Found[] =>
  addressesIn(record).map(({ line, text }) => ({ kind: 'address', line, address: text }));

/** The address for keys that have none on their side of the record. */
function ownNearest(record: PlainRecord): Step | undefined {
  const addresses = addressesIn(record);
  return record.keyFirst ? addresses.at(-1) : addresses[0];
}

/** The keys of a record. Keys without an address on their side get `near`, which may be of the record `home`. */
function keysOf(record: PlainRecord, home?: PlainRecord, near?: Step): Found[] {
  const kind = record.urls > 0 ? 'url' : 'page';
  const found: Found[] = [];
  let address = near;
  for (const step of record.keyFirst ? record.steps.toReversed() : record.steps) {
    if (step.kind === kind) address = step;
    if (step.kind !== 'key') continue;
    found.push({
      kind: 'key',
      line: step.line,
      name: step.name || address?.name || nameOf(record, home, address),
      address: step.address || (address?.text ?? ''),
      text: step.text,
    });
  }
  return record.keyFirst ? found.toReversed() : found;
}

/** The name above: it belongs to the first relay, if there are several. */
const nameOf = (record: PlainRecord, home: PlainRecord | undefined, address: Step | undefined): string =>
  !address || address.first ? record.name || (home?.name ?? '') : '';
