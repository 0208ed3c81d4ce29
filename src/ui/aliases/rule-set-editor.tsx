import {
  useDeferredValue,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { useTranslation } from '../use-translation';
import { applyRuleSet, tracer, type RuledName } from '../../core/aliases/apply-rule-set';
import type { RuleSet } from '../../core/aliases/rule-set';
import { CheckBox } from '../parts/inputs';
import { Field } from '../parts/field';
import { AddRule } from './add-rule';
import { RulePreview } from './rule-preview';
import { RuleRow } from './rule-row';
import { usePreviewNames } from './use-preview-names';
import { useRuleDraft, type RuleDraft } from './use-rule-draft';

/** One set: its name and rules at the left, what they make of names at the right. */
export function RuleSetEditor({
  set,
  taken,
  onSave,
}: {
  set: RuleSet;
  /** Names of the other sets. */
  taken: readonly string[];
  onSave(set: RuleSet): void;
}): ReactNode {
  const { t } = useTranslation();
  const isUsable = (name: string): boolean => name.trim() !== '' && !taken.includes(name.trim());
  const draft = useRuleDraft(set, isUsable, onSave);
  const { name, keepOriginal, rows } = draft;
  const rules = useMemo(() => rows.map(({ rule }) => rule), [rows]);
  // 2,000 names are tried after the letter is on the screen.
  const tried = useDeferredValue(useMemo(() => ({ rules, keepOriginal }), [rules, keepOriginal]));
  const source = usePreviewNames();
  const ruled = useMemo(() => applyRuleSet(source.names, tried), [source.names, tried]);
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <section
        data-set-editor
        className="panel min-w-0 p-4"
        aria-label={t('aliases.editing', { name: set.name })}
      >
        <Field
          label={t('aliases.name')}
          className="mb-3"
          value={name}
          wrong={
            name.trim() === '' ? t('aliases.nameEmpty') : isUsable(name) ? undefined : t('aliases.nameTaken')
          }
          onChange={(event) => draft.rename(event.target.value)}
        />
        <h2 className="text-md">{t('aliases.rulesTitle')}</h2>
        <p className="mb-2 text-xs text-ink-2">{t('aliases.rulesHelp')}</p>
        <Rules draft={draft} rules={rules} ruled={ruled} />
        <CheckBox
          className="mt-4"
          help={t('aliases.keepOriginalHelp')}
          checked={keepOriginal}
          onChange={draft.setKeepOriginal}
        >
          {t('aliases.keepOriginal')}
        </CheckBox>
      </section>
      <RulePreview rules={tried.rules} ruled={ruled} source={source} />
    </div>
  );
}

function Rules({
  draft,
  rules,
  ruled,
}: {
  draft: RuleDraft;
  rules: RuleSet['rules'];
  ruled: readonly RuledName[];
}): ReactNode {
  const { t } = useTranslation();
  const list = useRef<HTMLOListElement>(null);
  const problems = useMemo(() => tracer(rules).problems, [rules]);
  const [said, setSaid] = useState('');
  const { rows } = draft;
  const keepFocus = useKeptFocus();
  const move = (key: number, at: number, by: 1 | -1): void => {
    keepFocus();
    if (draft.move(key, by)) setSaid(t('aliases.moved', { from: at + 1, to: at + 1 + by }));
  };
  const onKeyDown = (event: KeyboardEvent, key: number, at: number): void => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key] as 1 | -1 | undefined;
    if (!event.altKey || by === undefined) return;
    event.preventDefault();
    move(key, at, by);
  };
  return (
    <>
      {rows.length === 0 && <p className="py-2 text-ink-2">{t('aliases.noRules')}</p>}
      <ol ref={list} className="flex flex-col gap-2" aria-label={t('aliases.rulesTitle')}>
        {rows.map(({ key, rule }, at) => (
          <li key={key} data-rule={key} onKeyDown={(event) => onKeyDown(event, key, at)}>
            <RuleRow
              rule={rule}
              number={at + 1}
              isLast={at === rows.length - 1}
              touches={ruled.filter(({ by }) => by.includes(at)).length}
              problem={problems.get(at)}
              onEdit={(next) => draft.edit(key, next)}
              onMove={(by) => move(key, at, by)}
              onRemove={() => {
                draft.remove(key);
                setSaid(t('aliases.removed', { number: at + 1 }));
                list.current?.parentElement?.querySelector<HTMLElement>('[data-add-rule]')?.focus();
              }}
            />
          </li>
        ))}
      </ol>
      <AddRule
        onAdd={(kind) => {
          const key = draft.add(kind);
          // It stands there with the next frame.
          requestAnimationFrame(() => {
            const added = list.current?.querySelector(`[data-rule="${key}"]`);
            (
              added?.querySelector<HTMLElement>('input') ?? added?.querySelector<HTMLElement>('[data-remove]')
            )?.focus();
          });
        }}
      />
      <p className="sr-only" role="status">
        {said}
      </p>
    </>
  );
}

/** A row that is moved loses the focus when the browser takes it out; it gets it back, or the nearest button does. */
function useKeptFocus(): () => void {
  const had = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    const element = had.current;
    had.current = null;
    element?.focus();
    if (element && document.activeElement !== element)
      element.closest('li')?.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
  });
  return () => {
    had.current = document.activeElement as HTMLElement | null;
  };
}
