import { useState } from 'react';
import { readRuleSetFile, type RuleFileProblem } from '../../core/aliases/rule-set-file';
import type { RuleSet } from '../../core/aliases/rule-set';

const MOST_BYTES = 1024 * 1024;

export type OpenedRuleFile =
  | { kind: 'failed'; name: string; problem: RuleFileProblem }
  | { kind: 'open'; name: string; sets: readonly Omit<RuleSet, 'id'>[] };

export interface RuleFile {
  opened: OpenedRuleFile | null;
  read(file: File): Promise<void>;
  close(): void;
}

/** A file of rule sets that the user chose; nothing of it is taken yet. */
export function useRuleFile(): RuleFile {
  const [opened, setOpened] = useState<OpenedRuleFile | null>(null);
  return {
    opened,
    async read(file) {
      const { name } = file;
      if (file.size > MOST_BYTES) return setOpened({ kind: 'failed', name, problem: 'large' });
      const sets = readRuleSetFile(await file.text());
      setOpened(
        sets.ok ? { kind: 'open', name, sets: sets.value } : { kind: 'failed', name, problem: sets.failure },
      );
    },
    close: () => setOpened(null),
  };
}
