import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { freeName, sameRules } from '../../core/aliases/rule-set-file';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { CheckBox } from '../parts/inputs';
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
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  // Free names are given one after another: two sets of a file may have one name, too.
  const taken = ruleSets.sets.map(({ name }) => name);
  const rows = sets.map((set, at) => {
    const known = ruleSets.sets.some((here) => here.name === set.name.trim() && sameRules(here, set));
    const wanted = !known && !left.has(at);
    const free = freeName(set.name, taken);
    if (wanted) taken.push(free);
    return { set, known, wanted, free };
  });
  const chosen = rows.filter(({ wanted }) => wanted).map(({ set }) => set);
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
        {rows.map(({ set, known, wanted, free }, at) => (
          <li key={`${at} ${set.name}`} className="py-1">
            <CheckBox
              disabled={known}
              checked={wanted}
              onChange={() => toggle(at)}
              help={
                known
                  ? t('aliases.file.here')
                  : free !== set.name.trim() && (
                      <span className="text-warn">{t('aliases.file.sameName', { free })}</span>
                    )
              }
            >
              <b>{set.name}</b>{' '}
              <span className="text-xs text-ink-2">{t('aliases.rules', { count: set.rules.length })}</span>
            </CheckBox>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button
          look="primary"
          disabled={chosen.length === 0}
          onClick={() => {
            ruleSets.add(chosen);
            toast.plain(t('aliases.file.added', { count: chosen.length }));
            onClose();
          }}
        >
          {t('aliases.file.add', { count: chosen.length })}
        </Button>
      </div>
    </section>
  );
}
