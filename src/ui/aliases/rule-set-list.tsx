import { Check, Copy, Download, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { RuleSet } from '../../core/aliases/rule-set';
import { ruleSetFile } from '../../core/aliases/rule-set-file';
import { QUICK } from '../../core/aliases/rules-for';
import { usePage } from '../page-context';
import { Button, IconButton } from '../parts/button';
import type { RuleSets } from './use-rule-sets';

/** All sets, which of them imports use, and what can be done with each. */
export function RuleSetList({
  ruleSets,
  chosen,
  onChoose,
  onDuplicate,
  onDelete,
}: {
  ruleSets: RuleSets;
  chosen: string;
  onChoose(id: string): void;
  onDuplicate(set: RuleSet): void;
  onDelete(set: RuleSet): void;
}): ReactNode {
  const { t } = useTranslation();
  const save = useSaveSets();
  const { sets } = ruleSets;
  return (
    <section data-set-list className="panel mb-4 p-2" aria-label={t('aliases.sets')}>
      <ul>
        <li className="flex min-h-9 flex-wrap items-center gap-x-2 px-2">
          <span className="min-w-0 flex-1 basis-40">
            {t('dialog.quickRules')} <span className="text-xs text-ink-2">{t('aliases.builtInHelp')}</span>
          </span>
          <Default id={QUICK} name={t('dialog.quickRules')} ruleSets={ruleSets} />
        </li>
        {sets.map((set) => (
          <li
            key={set.id}
            className={`flex min-h-9 flex-wrap items-center gap-x-2 rounded-sm px-2 ${set.id === chosen ? 'bg-accent-soft' : ''}`}
          >
            <button
              type="button"
              className="flex min-h-8 min-w-0 flex-1 basis-40 items-center gap-2 text-left"
              aria-current={set.id === chosen ? 'true' : undefined}
              onClick={() => onChoose(set.id)}
            >
              <b className="cut">{set.name}</b>
              <span className="flex-none text-xs text-ink-2">
                {t('aliases.rules', { count: set.rules.length })}
              </span>
            </button>
            <span className="ml-auto flex flex-wrap items-center gap-x-1">
              <Default id={set.id} name={set.name} ruleSets={ruleSets} />
              <IconButton label={t('aliases.duplicate', { name: set.name })} onClick={() => onDuplicate(set)}>
                <Copy size={16} aria-hidden />
              </IconButton>
              <IconButton
                label={t('aliases.export', { name: set.name })}
                onClick={() => save([set], set.name)}
              >
                <Download size={16} aria-hidden />
              </IconButton>
              <IconButton label={t('aliases.delete', { name: set.name })} onClick={() => onDelete(set)}>
                <Trash2 size={16} aria-hidden />
              </IconButton>
            </span>
          </li>
        ))}
      </ul>
      {sets.length > 1 && (
        <Button small look="quiet" onClick={() => save(sets, 'all')}>
          <Download size={14} aria-hidden />
          {t('aliases.exportAll')}
        </Button>
      )}
    </section>
  );
}

function Default({ id, name, ruleSets }: { id: string; name: string; ruleSets: RuleSets }): ReactNode {
  const { t } = useTranslation();
  if (ruleSets.defaultId === id)
    return (
      <span className="flex items-center gap-1 px-2 text-xs text-accent">
        <Check size={14} aria-hidden />
        {t('aliases.isDefault')}
      </span>
    );
  return (
    <Button
      small
      look="quiet"
      aria-label={t('aliases.makeDefaultOf', { name })}
      onClick={() => ruleSets.makeDefault(id)}
    >
      {t('aliases.makeDefault')}
    </Button>
  );
}

function useSaveSets(): (sets: readonly RuleSet[], name: string) => void {
  const { t } = useTranslation();
  const { page, toast } = usePage();
  return (sets, name) => {
    const safe = name.replace(/[\s\\/:*?"<>|.]+/g, '-');
    const file = `keyferry-alias-rules-${safe}.json`;
    page.saveFile(file, ruleSetFile(sets));
    toast.plain(t('backup.saved', { file }));
  };
}
