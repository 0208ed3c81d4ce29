import { foreignText } from '../../core/foreign-text';
import { Suspense, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { KeyView } from '../../core/view/view';
import { formatMoment } from '../format';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Confirm } from '../parts/confirm';
import { FailureNote } from '../parts/failure-text';
import { Field } from '../parts/field';
import { DialogFrame } from '../dialogs/dialog-frame';
import { FormFoot } from '../dialogs/form-foot';
import { useRequest } from '../use-request';
import { lazyNamed } from '../lazy-named';
import { sayLeft, sayUsed } from './amount';

const ChangeKey = lazyNamed(() => import('../accounts/change-key'), 'ChangeKey');

/** The facts of one key, the user's own name and note for it, and its actions at the relay. */
export function KeyDialog({ keyView, onClose }: { keyView: KeyView; onClose(): void }): ReactNode {
  const { t } = useTranslation();
  const { order } = usePage();
  const [name, setName] = useState(keyView.name === keyView.listedName ? '' : keyView.name);
  const [note, setNote] = useState(keyView.note);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const saved = await order('key.label', { keyId: keyView.id, name, note });
    if (saved.ok) onClose();
  };
  return (
    <DialogFrame title={keyView.name} onClose={onClose}>
      <form className="flex flex-col gap-3" onSubmit={(event) => void save(event)}>
        <Facts keyView={keyView} />
        <Field
          label={t('keyDialog.name')}
          help={t('keyDialog.nameHelp')}
          placeholder={keyView.listedName}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Field label={t('keyDialog.note')} value={note} onChange={(event) => setNote(event.target.value)} />
        <AtRelay keyView={keyView} onGone={onClose} />
        <FormFoot submit={t('common.save')} />
      </form>
    </DialogFrame>
  );
}

function Facts({ keyView }: { keyView: KeyView }): ReactNode {
  const { t, i18n } = useTranslation();
  const { amount, expiresAt, group } = keyView;
  const rows: [string, string][] = [
    [t('keyDialog.relay'), `${foreignText(keyView.relayName)} · ${keyView.host}`],
    [t('keyDialog.key'), keyView.mask],
    [t('keysPage.group'), group],
    [t('keysPage.atRelay'), keyView.accountId === null ? '' : t(`keysPage.status.${keyView.status}`)],
    [t('keysPage.head.balance'), sayLeft(t, amount, i18n.language)],
    [t('keyDialog.used'), sayUsed(amount, i18n.language)],
    [t('keyDialog.expires'), expiresAt ? formatMoment(expiresAt, i18n.language) : ''],
    [t('keyDialog.speaks'), t(`speaks.${keyView.speaks}`)],
  ];
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
      {rows
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-ink-3">{label}</dt>
            <dd className="cut" title={value}>
              {value}
            </dd>
          </div>
        ))}
    </dl>
  );
}

/** Switches and deletes the key at its relay, or forgets a key entered by hand. */
function AtRelay({ keyView, onGone }: { keyView: KeyView; onGone(): void }): ReactNode {
  const { t } = useTranslation();
  const { ask } = usePage();
  const [sure, setSure] = useState(false);
  const [changing, setChanging] = useState(false);
  const { busy, failure, run } = useRequest();
  const { id: keyId, accountId, status } = keyView;
  const own = accountId === null;
  const texts = own ? 'own' : 'remote';
  const remove = async (): Promise<void> => {
    const removed = await run(() => ask(own ? 'key.remove' : 'key.delete', { keyId }));
    setSure(false);
    if (removed.ok) onGone();
  };
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-3">
      {failure && <FailureNote failure={failure} />}
      {sure ? (
        <Confirm
          title={t(`keyDialog.${texts}.title`)}
          text={t(`keyDialog.${texts}.text`, { relay: keyView.relayName })}
          action={t(`keyDialog.${texts}.action`)}
          onConfirm={() => void remove()}
          onCancel={() => setSure(false)}
        />
      ) : (
        <div className="flex flex-wrap gap-2">
          {!own && (
            <Button small onClick={() => setChanging(true)}>
              {t('keyDialog.change')}
            </Button>
          )}
          {!own && (
            <Button
              small
              busy={busy}
              onClick={() => void run(() => ask('key.switch', { keyId, enabled: status === 'disabled' }))}
            >
              {t(status === 'disabled' ? 'keyDialog.switchOn' : 'keyDialog.switchOff')}
            </Button>
          )}
          <Button small look="risky" onClick={() => setSure(true)}>
            {t(`keyDialog.${texts}.action`)}
          </Button>
        </div>
      )}
      <Suspense>
        {changing && accountId !== null && (
          <ChangeKey keyView={keyView} accountId={accountId} onClose={() => setChanging(false)} />
        )}
      </Suspense>
    </div>
  );
}
