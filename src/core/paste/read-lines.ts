import { lineTokens, type LineTokens } from './line-tokens';
import { labelKind, type LabelKind } from './labels';
import { joinRecords, type PlainRecord } from './join-records';
import type { Found } from './pasted';
import { labelledName, relayName, trimEdges } from './relay-name';

export interface LineReader {
  line(index: number, text: string): void;
  /** A blank line: the next text may still belong to the text before. */
  gap(): void;
  /** Something else is here: nothing belongs together across it. */
  wall(): void;
  /** How much was found so far. */
  count(): number;
  end(): Found[];
}

/**
 * Reads ordinary text line by line: addresses and keys that stand near each other belong together. A key goes to the
 * address in its line, else to the one above it in its paragraph; a paragraph that begins with a key is read the other
 * way round. Over blank lines only an address without keys and keys without an address find each other, so that a key
 * is not given to a relay that it merely follows.
 */
export function createLineReader(): LineReader {
  const done: (PlainRecord | 'wall')[] = [];
  const texts: Found[] = [];
  let record = emptyRecord();
  let keys = 0;
  let heading: { index: number; text: string } | undefined;
  let carried: LabelKind | undefined;

  const close = (): void => {
    if (record.steps.length === 0) return;
    done.push(record);
    record = emptyRecord();
  };
  const wall = (): void => {
    close();
    record = emptyRecord();
    done.push('wall');
  };
  const notUnderstood = (index: number, text: string): void => {
    texts.push({ kind: 'text', line: index, lastLine: index, text });
    // Between an address and its keys other things may stand, but not once both are there.
    if (record.steps.length === 0 || (record.urls > 0 && record.keys > 0)) wall();
  };
  const dropHeading = (): void => {
    if (heading) notUnderstood(heading.index, heading.text);
    heading = undefined;
  };
  /** A name after an address with its keys, or after a blank line, begins another relay. */
  const begin = (name: string): void => {
    if (record.urls > 0 && record.keys > 0) close();
    if (record.steps.length === 0) done.push('wall');
    record.name ||= name;
  };

  const tokenLine = (index: number, found: LineTokens): void => {
    if (heading) begin(relayName(heading.text));
    heading = undefined;
    carried = undefined;
    keys += found.tokens.filter(({ kind }) => kind === 'key').length;
    addLine(record, index, found);
  };
  const textLine = (index: number, text: string): void => {
    const name = labelledName(text);
    const alone = name === undefined ? labelKind(trimEdges(text)) : undefined;
    if (name !== undefined || alone) dropHeading();
    if (name !== undefined) return begin(name);
    if (alone) return void (carried = alone);
    dropHeading();
    if (relayName(text)) heading = { index, text };
    else notUnderstood(index, text);
  };

  return {
    line(index, text) {
      const found = lineTokens(text, carried);
      if (found.tokens.length > 0) tokenLine(index, found);
      else if (/[\p{L}\p{N}]/u.test(text.slice(0, 2000))) textLine(index, text);
    },
    gap() {
      carried = undefined;
      close();
    },
    wall() {
      dropHeading();
      carried = undefined;
      wall();
    },
    count: () => keys + texts.length,
    end() {
      dropHeading();
      close();
      return [...joinRecords(done), ...texts];
    },
  };
}

const emptyRecord = (): PlainRecord => ({ name: '', steps: [], urls: 0, keys: 0, keyFirst: false });

function addLine(record: PlainRecord, index: number, { tokens, before, after }: LineTokens): void {
  const name = relayName(before) || (/^\s*[,|\t]/.test(after) ? relayName(after) : '');
  if (record.steps.length === 0) record.keyFirst = tokens[0]?.kind === 'key';
  const both = tokens.some(({ kind }) => kind === 'key') && tokens.some(({ kind }) => kind === 'url');
  let url = '';
  if (both) url = tokens.find(({ kind }) => kind === 'url')?.text ?? '';
  for (const { kind, text } of tokens) {
    const first = record.keyFirst ? record.urls === 0 : record.keys === 0;
    if (kind === 'url') {
      url = text;
      record.urls++;
    }
    if (kind === 'key') record.keys++;
    record.steps.push({ kind, line: index, text, name, address: kind === 'key' && both ? url : '', first });
  }
}
