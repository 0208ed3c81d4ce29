import { useMemo, useRef, useState } from 'react';
import type { Failure } from '../../core/failures/failure';
import { SAMPLE_NAMES } from '../../core/aliases/sample-names';
import { usePage } from '../page-context';
import { chatNames } from '../../core/aliases/proposed-models';

/** Where the names come from that rules are tried on: a sample, what was pasted, or the relay of a key. */
export const SAMPLE = 'sample';
export const PASTED = 'pasted';

const NONE: readonly string[] = [];

export interface PreviewNames {
  source: string;
  names: readonly string[];
  pasted: string;
  busy: boolean;
  failure: Failure | null;
  choose(source: string): void;
  paste(text: string): void;
}

export function usePreviewNames(): PreviewNames {
  const { ask } = usePage();
  const [source, setSource] = useState(SAMPLE);
  const [pasted, setPasted] = useState('');
  const [listed, setListed] = useState<readonly string[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const latest = useRef(source);
  const typed = useMemo(() => namesIn(pasted), [pasted]);
  const list = async (keyId: string): Promise<void> => {
    const reply = await ask('key.models', { keyId });
    if (latest.current !== keyId) return;
    if (reply.ok) setListed(chatNames(reply.value));
    else setFailure(reply.failure);
  };
  return {
    source,
    names: source === SAMPLE ? SAMPLE_NAMES : source === PASTED ? typed : (listed ?? NONE),
    pasted,
    busy: source !== SAMPLE && source !== PASTED && listed === null && failure === null,
    failure,
    choose(next) {
      latest.current = next;
      setSource(next);
      setListed(null);
      setFailure(null);
      if (next !== SAMPLE && next !== PASTED) void list(next);
    },
    paste: setPasted,
  };
}

/** One name a line, or several with commas between them. */
const namesIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,]/)
      .map((name) => name.trim().replace(/^["']|["']$/g, ''))
      .filter(Boolean),
  ),
];
