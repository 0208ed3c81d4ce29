import type { ReactNode } from 'react';
import type { KeyChange, NewKeyForm } from '../../core/accounts/new-key';
import type { KeyView } from '../../core/view/view';
import { DialogFrame } from '../dialogs/dialog-frame';
import { dayOf } from '../format';
import { usePage } from '../page-context';
import { useRequest } from '../use-request';
import { useTranslation } from '../use-translation';
import { KeyFormOf } from './key-form-of';
import { NewKeyFields, type KeyTexts } from './new-key-fields';

/** Changes a key at its relay: only what was changed in the fields is sent. */
export function ChangeKey({
  keyView,
  accountId,
  onClose,
}: {
  keyView: KeyView;
  accountId: string;
  onClose(): void;
}): ReactNode {
  const { t } = useTranslation();
  const { ask, toast } = usePage();
  const { busy, failure, run } = useRequest();
  const { id: keyId, listedName: name, relayName: relay } = keyView;
  const save = async (change: KeyChange): Promise<void> => {
    const changed = await run(() => ask('key.change', { keyId, change }));
    if (!changed.ok) return;
    toast.plain(t('newKey.changed', { name: change.name ?? name }));
    onClose();
  };
  return (
    <DialogFrame title={t('newKey.editTitle', { name, relay })} onClose={onClose}>
      <KeyFormOf accountId={accountId}>
        {(form) => (
          <NewKeyFields
            form={form}
            first={textsOf(keyView, form)}
            submit={t('common.save')}
            busy={busy}
            failure={failure}
            onSave={(_key, change) => void save(change)}
          />
        )}
      </KeyFormOf>
    </DialogFrame>
  );
}

function textsOf(
  { listedName, group, amount, expiresAt, limits }: KeyView,
  { groups }: NewKeyForm,
): KeyTexts {
  return {
    name: listedName,
    // Sub2API lists a key with the name of its group, the others with its id.
    group: groups.find(({ id, name }) => id === group || name === group)?.id ?? group,
    amount: amount.kind === 'left' ? String(Number(amount.left.value.toFixed(6))) : '',
    expiresAt: expiresAt === null ? '' : dayOf(expiresAt),
    models: (limits ?? []).join(', '),
  };
}
