import { lazyNamed } from '../lazy-named';
import { Suspense, type ReactNode } from 'react';
import type { AccountView } from '../../core/view/view';

const AddLayer = lazyNamed(() => import('./add-layer'), 'AddLayer');
const PasteLayer = lazyNamed(() => import('../paste/paste-layer'), 'PasteLayer');
const NewKeyDialog = lazyNamed(() => import('./new-key-dialog'), 'NewKeyDialog');

/** What can be added: one key, many at once, an account, or a key made at a relay. */
export type Adding = 'key' | 'paste' | 'account' | 'new';

export type KnownLogin = Pick<AccountView, 'siteUrl' | 'userId'>;

/** The dialog for what is being added, if anything is. */
export function AddingLayer({
  adding,
  accounts = [],
  login,
  onClose,
}: {
  adding: Adding | null;
  /** Where a key can be made. */
  accounts?: readonly AccountView[];
  /** An account whose login is to be renewed. */
  login?: KnownLogin;
  onClose(): void;
}): ReactNode {
  return (
    <Suspense>
      {adding === 'new' && <NewKeyDialog accounts={accounts} onClose={onClose} />}
      {adding === 'paste' && <PasteLayer onClose={onClose} />}
      {(adding === 'key' || adding === 'account') && (
        <AddLayer kind={adding} onClose={onClose} {...(login && { login })} />
      )}
    </Suspense>
  );
}
