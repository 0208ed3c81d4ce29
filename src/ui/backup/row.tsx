import type { TFunction } from 'i18next';
import { useId, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { shownMask } from '../../core/backup/items';
import { hostOf } from '../../core/base-url';
import { SecretField } from '../parts/field';
import { Status, type StatusTone } from '../parts/status';
import { sayFailure } from '../say';
import type { BackupChoice, BackupRow } from './use-backup-choice';

/** One account, key or New API, or the settings of a backup. */
export function BackupRowItem({ row, choice }: { row: BackupRow; choice: BackupChoice }): ReactNode {
  const { t, i18n } = useTranslation();
  const id = useId();
  const { name, about } = namesOf(t, row);
  const state = stateOf(t, row, i18n.language);
  return (
    <li className="py-1.5">
      <div className="flex items-start gap-2">
        <input
          id={id}
          type="checkbox"
          className="mt-0.5 disabled:cursor-not-allowed disabled:opacity-45"
          checked={row.chosen}
          disabled={!row.choosable || choice.busy}
          aria-describedby={`${id}-about`}
          onChange={(event) => choice.choose([row.id], event.target.checked)}
        />
        <div className="min-w-0 flex-1">
          <label
            htmlFor={id}
            className={`block font-medium [overflow-wrap:anywhere] ${row.choosable ? 'cursor-pointer' : ''}`}
          >
            {name}
          </label>
          <div id={`${id}-about`} className="flex flex-wrap gap-x-3 text-xs text-ink-3">
            <span className="[overflow-wrap:anywhere]">{about}</span>
            {state && <Status tone={state.tone}>{state.text}</Status>}
          </div>
        </div>
      </div>
      {row.needsSecret && (
        <SecretField
          className="ml-6 mt-1 max-w-xs"
          label={t(row.thing.kind === 'key' ? 'backup.key' : 'backup.token', { name })}
          value={row.secret}
          onChange={(event) => choice.giveSecret(row.id, event.target.value)}
        />
      )}
    </li>
  );
}

function namesOf(t: TFunction, { thing }: BackupRow): { name: string; about: string } {
  if (thing.kind === 'settings') return { name: t('backup.settings'), about: t('backup.settingsText') };
  if (thing.kind === 'key') {
    const host = hostOf(thing.key.baseUrl);
    return {
      name: thing.key.label?.name || thing.key.name || host,
      about: `${host} · ${shownMask(thing.key)}`,
    };
  }
  const { name, siteUrl, userId } = thing.kind === 'new-api' ? thing.newApi : thing.account;
  const host = hostOf(siteUrl);
  return { name: name || host, about: userId ? `${host} · ${t('backup.user', { id: userId })}` : host };
}

function stateOf(
  t: TFunction,
  { thing, state, needsSecret }: BackupRow,
  language: string,
): { tone: StatusTone; text: string } | null {
  if (state.kind === 'unusable') return { tone: 'danger', text: sayFailure(t, state.failure, language).what };
  if (state.kind === 'added') return { tone: 'ok', text: t('backup.state.added') };
  if (state.kind === 'here') return { tone: 'none', text: t('backup.state.here') };
  if (thing.kind === 'settings') return null;
  if (needsSecret)
    return {
      tone: 'warn',
      text: t(thing.kind === 'key' ? 'backup.state.needs-key' : 'backup.state.needs-token'),
    };
  const off = thing.kind === 'account' && thing.account.off;
  return { tone: 'none', text: t(off ? 'backup.state.off' : 'backup.state.new') };
}
