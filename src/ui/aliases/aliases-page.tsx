import { Plus, Tag } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { Button } from '../parts/button';
import { FileButton } from '../parts/inputs';
import { EmptyState, PageHead } from '../parts/page-head';
import { RuleFileContents } from './rule-file-contents';
import { RuleSetEditor } from './rule-set-editor';
import { RuleSetList } from './rule-set-list';
import { useRuleFile } from './use-rule-file';
import { useRuleSets } from './use-rule-sets';

/** Alias rules as named sets: the list of sets, an editor, and a preview. */
export function AliasesPage(): ReactNode {
  const { t } = useTranslation();
  const ruleSets = useRuleSets();
  const [chosen, setChosen] = useState(ruleSets.defaultId);
  const set = ruleSets.sets.find(({ id }) => id === chosen) ?? ruleSets.sets[0];
  const file = useRuleFile();
  const create = (): void => {
    setChosen(ruleSets.create());
    focusSoon('[data-set-editor] input');
  };
  const buttons = (
    <>
      <FileButton label={t('aliases.file.label')} onFile={(picked) => void file.read(picked)}>
        {t('aliases.import')}
      </FileButton>
      <Button data-new-set look={file.opened ? 'default' : 'primary'} onClick={create}>
        <Plus size={14} aria-hidden />
        {t('aliases.new')}
      </Button>
    </>
  );
  return (
    <>
      <PageHead title={t('nav.aliases')} lead={t('aliases.lead')}>
        {set && <div className="flex flex-wrap gap-2">{buttons}</div>}
      </PageHead>
      <RuleFileContents file={file} ruleSets={ruleSets} />
      {set ? (
        <>
          <RuleSetList
            ruleSets={ruleSets}
            chosen={set.id}
            onChoose={setChosen}
            onDuplicate={(copied) => {
              setChosen(ruleSets.duplicate(copied));
              focusSoon('[data-set-editor] input');
            }}
            onDelete={(gone) => {
              ruleSets.remove(gone);
              focusSoon('[data-set-list] [aria-current]', '[data-new-set]');
            }}
          />
          <RuleSetEditor
            key={set.id}
            set={set}
            taken={ruleSets.sets.filter(({ id }) => id !== set.id).map(({ name }) => name)}
            onSave={ruleSets.change}
          />
        </>
      ) : (
        <EmptyState
          icon={<Tag size={20} aria-hidden />}
          title={t('aliases.none')}
          text={
            <>
              <span className="mono mb-1 block text-ink">claude-sonnet-4-5-20250929 → claude-sonnet-4-5</span>
              {t('aliases.noneHelp')}
            </>
          }
        >
          {buttons}
        </EmptyState>
      )}
    </>
  );
}

/** Puts the focus on what stands there with the next frame: what had it may be gone by then. */
function focusSoon(...selectors: string[]): void {
  requestAnimationFrame(() => {
    const found = selectors.map((selector) => document.querySelector<HTMLElement>(selector));
    found.find((element) => element !== null)?.focus();
  });
}
