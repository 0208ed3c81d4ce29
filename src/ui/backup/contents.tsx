import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { Button } from '../parts/button';
import { Note } from '../parts/note';
import { BackupRowItem } from './row';
import { useBackupChoice, type BackupRow } from './use-backup-choice';
import type { OpenedFile } from './use-backup-file';

const GROUPS = [
  ['account', 'backup.accounts'],
  ['key', 'backup.keys'],
  ['new-api', 'backup.newApis'],
  ['settings', 'backup.settings'],
] as const;

/** What is in a backup, and what of it is to be added. */
export function BackupContents({
  file,
  onClose,
}: {
  file: OpenedFile & { kind: 'open' };
  onClose(): void;
}): ReactNode {
  const { t } = useTranslation();
  const choice = useBackupChoice(file.items);
  const { rows, done } = choice;
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const choosable = rows.filter((row) => row.choosable && row.thing.kind !== 'settings');
  const chosen = rows.filter((row) => row.chosen);
  return (
    <div className="mt-4 border-t border-line pt-4">
      <h3 ref={head} tabIndex={-1} className="text-md outline-none [overflow-wrap:anywhere]">
        {t('backup.contents', { file: file.name })}
      </h3>
      {file.source === 'all-api-hub' && <p className="text-ink-2">{t('backup.fromAllApiHub')}</p>}
      {rows.length === 0 && <p className="mt-1">{t('backup.nothing')}</p>}
      {choosable.length > 1 && <ChooseAll rows={choosable} choose={choice.choose} />}
      {GROUPS.map(([kind, name]) => {
        const group = rows.filter(({ thing }) => thing.kind === kind);
        return group.length === 0 ? null : (
          <section key={kind} aria-label={t(name)} className="mt-3">
            <h4 className="text-xs font-medium text-ink-3">{t(name)}</h4>
            <ul className="divide-y divide-line">
              {group.map((row) => (
                <BackupRowItem key={row.id} row={row} choice={choice} />
              ))}
            </ul>
          </section>
        );
      })}
      <div role="status">
        {done && (
          <Note tone={done.waiting > 0 ? 'warn' : 'ok'} className="mt-3">
            {t('backup.added', { count: done.added })}
            {done.waiting > 0 && (
              <>
                {' '}
                <a href="#/accounts">{t('backup.waiting', { count: done.waiting })}</a>
              </>
            )}
          </Note>
        )}
      </div>
      <div className="mt-3 flex flex-wrap gap-2">
        {(chosen.length > 0 || choosable.length > 0) && (
          <Button
            look="primary"
            busy={choice.busy}
            disabled={chosen.length === 0}
            onClick={() => void choice.add()}
          >
            {t('backup.add', { count: chosen.length })}
          </Button>
        )}
        <Button onClick={onClose}>{t('common.close')}</Button>
      </div>
    </div>
  );
}

function ChooseAll({
  rows,
  choose,
}: {
  rows: readonly BackupRow[];
  choose(ids: readonly string[], on: boolean): void;
}): ReactNode {
  const { t } = useTranslation();
  const chosen = rows.filter((row) => row.chosen).length;
  return (
    <label className="mt-2 flex min-h-7 cursor-pointer items-center gap-2">
      <input
        type="checkbox"
        checked={chosen === rows.length}
        ref={(box) => {
          if (box) box.indeterminate = chosen > 0 && chosen < rows.length;
        }}
        onChange={(event) =>
          choose(
            rows.map(({ id }) => id),
            event.target.checked,
          )
        }
      />
      {t('backup.all')}
    </label>
  );
}
