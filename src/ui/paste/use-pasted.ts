import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { MessageInput } from '../../contract/messages';
import type { Failure } from '../../core/failures/failure';
import type { KeyVerdict } from '../../core/accounts/key-verdict';
import type { PastedItem } from '../../core/paste/pasted';
import { readPaste } from '../../core/paste/read-paste';
import { withAddress } from '../../core/paste/with-address';
import { usePage } from '../page-context';

type KeyInput = MessageInput<'keys.add'>['keys'][number];
type KeyItem = PastedItem & { kind: 'key' };

export interface PastedRow {
  id: string;
  item: PastedItem;
  /** Of a key that stands here first: undefined until the worker has said it. */
  verdict: KeyVerdict | undefined;
  /** The user leaves it out. */
  left: boolean;
}

export interface Pasted {
  rows: PastedRow[];
  /** Keys without an address of their own. */
  homeless: number;
  /** What the button would add. */
  fresh: KeyInput[];
  checking: boolean;
  /** Leaves a key out, or takes it in again. */
  toggle(row: PastedRow): void;
  failure: Failure | null;
  /** What the worker said of some of the keys. */
  tell(keys: readonly KeyInput[], verdicts: readonly KeyVerdict[]): void;
}

/** What is understood of the text while it changes, and which of its keys are known. Nothing is kept by this. */
export function usePasted(text: string, address: string): Pasted {
  const { ask } = usePage();
  const [known, setKnown] = useState<ReadonlyMap<string, KeyVerdict>>(new Map());
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<Failure | null>(null);
  const settled = useDeferredValue(text);
  const read = useMemo(() => readPaste(settled), [settled]);
  const items = useMemo(() => withAddress(read, address), [read, address]);
  const keys = useMemo(() => items.filter(isFirst).map(inputOf), [items]);

  const tell = useCallback<Pasted['tell']>((told, verdicts) => {
    setKnown((before) => {
      const next = new Map(before);
      told.forEach((key, index) => {
        const verdict = verdicts[index];
        if (verdict) next.set(idOf(key), verdict);
      });
      return next;
    });
  }, []);

  useEffect(() => {
    const missing = keys.filter((key) => !known.has(idOf(key)));
    if (missing.length === 0) return;
    let over = false;
    void ask('keys.add', { keys: missing, dry: true }).then((reply) => {
      if (over) return;
      setFailure(reply.ok ? null : reply.failure);
      if (reply.ok) tell(missing, reply.value);
    });
    return () => {
      over = true;
    };
  }, [ask, keys, known, tell]);

  const rows = useMemo(
    () =>
      items.map((item, index): PastedRow => ({
        id: String(index),
        item,
        verdict: isFirst(item) ? known.get(idOf(inputOf(item))) : undefined,
        left: isFirst(item) && left.has(idOf(inputOf(item))),
      })),
    [items, known, left],
  );
  return {
    rows,
    homeless: read.filter(({ kind }) => kind === 'no-address').length,
    fresh: keys.filter((key) => known.get(idOf(key))?.kind === 'added' && !left.has(idOf(key))),
    toggle({ item, left: isLeft }) {
      if (!isFirst(item)) return;
      const others = [...left].filter((id) => id !== idOf(inputOf(item)));
      setLeft(new Set(isLeft ? others : [...others, idOf(inputOf(item))]));
    },
    checking: keys.some((key) => !known.has(idOf(key))),
    failure,
    tell,
  };
}

const isFirst = (item: PastedItem): item is KeyItem => item.kind === 'key' && item.firstAt === null;

const inputOf = ({ name, baseUrl, key }: KeyItem): KeyInput => ({ relayName: name, baseUrl, key });

const idOf = ({ baseUrl, key }: KeyInput): string => `${baseUrl} ${key}`;
