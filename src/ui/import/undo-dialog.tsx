import { foreignText } from '../../core/foreign-text';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from '../use-translation';
import { usePage } from '../page-context';
import type { FileNotice } from '../../core/connection/file-notice';
import { sumChanges } from '../../core/import/plan-sum';
import { sayNames } from '../say';
import type { ImportState } from '../import-store';
import { FileNotes } from '../dialogs/file-notes';
import { LossQuestion } from '../dialogs/loss-question';
import { PlanRows } from '../dialogs/plan-rows';
import { PlanSumLine } from '../dialogs/plan-sum';
import { Button } from '../parts/button';
import { SheetHead } from '../dialogs/sheet-head';

/**
 * Shows, before an undo does it, what it would lose of later changes, or which other keys go too; and what it would change
 * if it took out our part only.
 */
export function UndoDialog({
  state,
  primary,
}: {
  state: ImportState & { kind: 'undo' };
  primary: RefObject<HTMLButtonElement | null>;
}): ReactNode {
  const [{ t }, { imports }] = [useTranslation(), usePage()];
  const { lost, together, place, converts, file, providerName, oursOnly, keyId, name } = state;
  const asksOnly = converts === 'only';
  const undo = (hash: string): void => void imports.undo(state.importId, name, hash, keyId);
  const lines =
    together ??
    [
      lost.keys > 0 && t('undo.keys', { count: lost.keys }),
      lost.models.length > 0 &&
        t('undo.models', { count: lost.models.length, names: sayNames(t, lost.models, 8) }),
      lost.fields.length > 0 &&
        t('undo.fields', { names: lost.fields.map(foreignText).join(t('common.listComma')) }),
    ].filter((line) => line !== false);
  return (
    <>
      <SheetHead
        title={
          together
            ? t('undo.together', { name: providerName, count: together.length })
            : t(asksOnly ? titleOf(file) : 'undo.title', { name: providerName })
        }
      />
      <div className="overflow-y-auto px-4 pb-4 pt-1">
        {place !== undefined && <p className="pb-2 font-medium">{t('undo.at', { place })}</p>}
        <LossQuestion
          lead={
            asksOnly
              ? undefined
              : t(together ? (keyId ? 'undo.togetherLeadOne' : 'undo.togetherLead') : 'undo.lead')
          }
          onAnyway={() => undo(state.hash)}
          safe={
            (together && keyId && (
              <Button
                ref={primary}
                look="primary"
                onClick={() =>
                  imports.setState({ kind: 'entry', keyId, name, edit: { remove: 'key' } }, true)
                }
              >
                {t('undo.thisKey')}
              </Button>
            )) ||
            (oursOnly && (
              <Button ref={primary} look="primary" onClick={() => undo(oursOnly.hash)}>
                {t('undo.ours')}
              </Button>
            ))
          }
        >
          <FileNotes notices={file} />
          {!asksOnly && (
            <ul className="list-disc pl-5 [overflow-wrap:anywhere]">
              {(lines.length > 0 ? lines : [t('undo.order')]).map((line, at) => (
                // Keys may have the same name.
                <li key={`${at} ${line}`}>{line}</li>
              ))}
            </ul>
          )}
          {oursOnly && (
            <>
              <p>{t(oursOnly.ownKeys > 0 ? 'undo.oursLeadKeys' : 'undo.oursLead')}</p>
              <PlanSumLine sum={sumChanges(oursOnly.changes)} />
              <PlanRows changes={oursOnly.changes} />
              {oursOnly.stays.length > 0 && (
                <p>{t('undo.stays', { names: sayNames(t, oursOnly.stays, 8) })}</p>
              )}
            </>
          )}
        </LossQuestion>
      </div>
    </>
  );
}

/** The question about the file alone. */
const titleOf = (file: readonly FileNotice[] = []): 'undo.convertsTitle' | 'undo.mayConvertTitle' =>
  file.some(({ kind }) => kind === 'converts') ? 'undo.convertsTitle' : 'undo.mayConvertTitle';
