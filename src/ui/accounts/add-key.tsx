import { useState, type FormEvent, type ReactNode } from 'react';
import type { RelayFamily } from '../../core/accounts/relay-family';
import { baseUrlFromAddress, hostOf } from '../../core/base-url';
import { FormFoot } from '../dialogs/form-foot';
import { UrlField } from '../dialogs/url-field';
import { usePage } from '../page-context';
import { FailureNote } from '../parts/failure-text';
import { Field, SecretField } from '../parts/field';
import { useRequest } from '../use-request';
import { useTranslation } from '../use-translation';

/** A site whose software was recognised. */
export interface KeySite {
  siteUrl: string;
  relay: RelayFamily;
}

/** Keeps one key of a relay without an account there. `site`: where the user was about to add an account. */
export function AddKey({ onDone, site }: { onDone(): void; site?: KeySite | undefined }): ReactNode {
  const { t } = useTranslation();
  const { ask } = usePage();
  const [relayName, setRelayName] = useState('');
  const [baseUrl, setBaseUrl] = useState(site?.siteUrl ?? '');
  const [key, setKey] = useState('');
  const { failure, run } = useRequest();
  const used = baseUrlFromAddress(baseUrl);
  const isThere = site && hostOf(site.siteUrl) === hostOf(baseUrl);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const added = await run(() =>
      ask('key.add', { relayName, baseUrl, key, ...(isThere && { relay: site.relay }) }),
    );
    if (added.ok) onDone();
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => void submit(event)}>
      <Field
        label={t('addKey.relayName')}
        help={t('common.optional')}
        value={relayName}
        onChange={(event) => setRelayName(event.target.value)}
      />
      <UrlField
        label={t('addKey.baseUrl')}
        placeholder="https://relay.example"
        help={baseUrl.trim() && used.ok ? t('addKey.willBe', { url: used.value }) : t('addKey.baseUrlHelp')}
        value={baseUrl}
        onChange={(event) => setBaseUrl(event.target.value)}
      />
      <SecretField
        label={t('addKey.key')}
        help={t('addKey.kept')}
        placeholder="sk-…"
        value={key}
        onChange={(event) => setKey(event.target.value)}
      />
      {failure && <FailureNote failure={failure} />}
      <FormFoot submit={t('addKey.submit')} />
    </form>
  );
}
