import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { freeName, sameRules } from '../../core/aliases/rule-set-file';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Note } from '../parts/note';
import type { OpenedRuleFile, RuleFile } from './use-rule-file';
import type { RuleSets } from './use-rule-sets';

/** What is in a file, before anything of it is taken; or why there is nothing. */
export function RuleFileContents({ file, ruleSets }: { file: RuleFile; ruleSets: RuleSets }): ReactNode {
  const { t } = useTranslation();
  const { opened, close } = file;
  if (!opened) return null;
  if (opened.kind === 'open')
    return <Contents key={opened.name} opened={opened} ruleSets={ruleSets} onClose={close} />;
  return (
    <Note tone="danger" className="mb-4">
      {t(`aliases.file.${opened.problem}`, { file: opened.name })}
      <div className="mt-1">
        <Button small onClick={close}>
          {t('common.dismiss')}
        </Button>
      </div>
    </Note>
  );
}

function Contents({
  opened: { name: file, sets },
  ruleSets,
  onClose,
}: {
  opened: OpenedRuleFile & { kind: 'open' };
  ruleSets: RuleSets;
  onClose(): void;
}): ReactNode {
  const { t } = useTranslation();
  const { toast } = usePage();
  const here = ruleSets.sets;
  const isHere = (at: number): boolean =>
    here.some((set) => set.name === sets[at]!.name.trim() && sameRules(set, sets[at]!));
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const isWanted = (at: number): boolean => !isHere(at) && !left.has(at);
  const wanted = sets.filter((_, at) => isWanted(at));
  const freeNames = namesOf(sets, here, isWanted);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const toggle = (at: number): void => {
    const next = new Set(left);
    if (!next.delete(at)) next.add(at);
    setLeft(next);
  };
  return (
    <section className="panel mb-4 p-4" aria-labelledby="rule-file">
      <h2 ref={heading} tabIndex={-1} id="rule-file" className="mb-2 text-md">
        {t('aliases.file.contents', { file })}
      </h2>
      {sets.length === 0 && <p className="text-ink-2">{t('aliases.file.empty')}</p>}
      <ul className="mb-3">
        {sets.map((set, at) => {
          const known = isHere(at);
          const free = freeNames[at]!;
          return (
            <li key={`${at} ${set.name}`} className="py-1">
              <label className="flex items-start gap-2">
                <input
                  type="checkbox"
                  className="mt-0.5"
                  disabled={known}
                  checked={isWanted(at)}
                  onChange={() => toggle(at)}
                />
                <span className="min-w-0">
                  <b className="[overflow-wrap:anywhere]">{set.name}</b>{' '}
                  <span className="text-xs text-ink-2">
                    {t('aliases.rules', { count: set.rules.length })}
                  </span>
                  {known && <span className="block text-xs text-ink-2">{t('aliases.file.here')}</span>}
                  {!known && free !== set.name.trim() && (
                    <span className="block text-xs text-warn">{t('aliases.file.sameName', { free })}</span>
                  )}
                </span>
              </label>
            </li>
          );
        })}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button
          look="primary"
          disabled={wanted.length === 0}
          onClick={() => {
            ruleSets.add(wanted);
            toast.plain(t('aliases.file.added', { count: wanted.length }));
            onClose();
          }}
        >
          {t('aliases.file.add', { count: wanted.length })}
        </Button>
      </div>
    </section>
  );
}

/** What each set would be called here, one after another: two of a file may have one name, too. */
function namesOf(
  sets: readonly { name: string }[],
  here: readonly { name: string }[],
  isWanted: (at: number) => boolean,
): string[] {
  const taken = here.map(({ name }) => name);
  return sets.map(({ name }, at) => {
    const free = freeName(name, taken);
    if (isWanted(at)) taken.push(free);
    return free;
  });
}
