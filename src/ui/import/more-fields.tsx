import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { baseUrlAsTyped, hostOf, oddBaseUrl } from '../../core/base-url';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import type { ImportDraft } from '../../core/import/draft';
import { typedAddress } from '../../core/typed-address';
import { UrlField } from '../dialogs/url-field';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { TextLines } from '../parts/inputs';
import { FamilyField } from './list-field';
import { useOpenImport } from './use-import';

/** The path that CLIProxyAPI (7.2) appends to a base URL of each list. */
const PATHS: Record<ListName, string> = {
  'openai-compatibility': '/chat/completions',
  'claude-api-key': '/v1/messages',
  'codex-api-key': '/responses',
  'gemini-api-key': '/v1beta/models/…',
  'interactions-api-key': '/v1beta/interactions',
  'vertex-api-key': '/v1/publishers/google/models/…',
  'xai-api-key': '/responses',
};

export interface Relist {
  /** Fetches the models from this base URL, which needs a click where `isElsewhere`. */
  at(baseUrl: string): void;
  /** At another server than the key's relay: the key does not go there because a field was left. */
  isElsewhere(baseUrl: string): boolean;
}

/** List, provider name, base URL, prefix, priority, proxy and headers. Empty fields are not written. */
export function MoreFields({ relist }: { relist: Relist }): ReactNode {
  const { t } = useTranslation();
  const { edit } = usePage().imports;
  const { draft } = useOpenImport();
  const [asked, setAsked] = useState(draft.baseUrl);
  const { keyPerEntry } = listTraits(draft.list);
  const hint = keyPerEntry ? undefined : oddBaseUrl(draft.baseUrl);
  return (
    <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
      <FamilyField />
      {!keyPerEntry && (
        <Field
          label={t('dialog.providerName')}
          value={draft.providerName}
          onChange={(event) => edit({ ...draft, providerName: event.target.value })}
        />
      )}
      <UrlField
        label={t('dialog.baseUrl')}
        value={draft.baseUrl}
        help={hint ? t(`planNotice.oddUrl.${hint}`) : t('dialog.baseUrlHelp', { path: PATHS[draft.list] })}
        onChange={(event) => edit({ ...draft, baseUrl: event.target.value, baseUrlTyped: true })}
        onBlur={({ relatedTarget }) => {
          // Switching windows or giving up does not end typing: the key must not be sent to half a host name.
          const gone = !document.hasFocus() || relatedTarget?.closest('[data-gives-up]');
          if (
            draft.baseUrl === asked ||
            gone ||
            !typedAddress(draft.baseUrl).ok ||
            relist.isElsewhere(draft.baseUrl)
          )
            return;
          setAsked(draft.baseUrl);
          relist.at(draft.baseUrl);
        }}
      />
      {baseUrlAsTyped(draft.baseUrl).ok &&
        typedAddress(draft.baseUrl).ok &&
        relist.isElsewhere(draft.baseUrl) && (
          <Button small className="self-center justify-self-start" onClick={() => relist.at(draft.baseUrl)}>
            {t('dialog.listAt', { host: hostOf(draft.baseUrl) })}
          </Button>
        )}
      <Options />
    </div>
  );
}

type OptionValues = ImportDraft['options'];

function Options(): ReactNode {
  const { t } = useTranslation();
  const { edit } = usePage().imports;
  const { draft } = useOpenImport();
  const { options } = draft;
  const [headers, setHeaders] = useState(() => headerLines(options.headers));
  const setOption = <K extends keyof OptionValues>(name: K, value: OptionValues[K]): void => {
    const { [name]: _old, ...rest } = options;
    edit({ ...draft, options: value === undefined ? rest : { ...rest, [name]: value } });
  };
  const field = (
    name: 'prefix' | 'priority' | 'proxyUrl',
    word: 'prefix' | 'priority' | 'proxy',
  ): ReactNode => (
    <Field
      label={t(`dialog.${word}`)}
      help={t(`dialog.${word}Help`)}
      mono={name === 'proxyUrl'}
      inputMode={name === 'priority' ? 'numeric' : undefined}
      value={options[name] ?? ''}
      onChange={(event) => setOption(name, event.target.value || undefined)}
    />
  );
  return (
    <>
      {field('prefix', 'prefix')}
      {field('priority', 'priority')}
      {field('proxyUrl', 'proxy')}
      <TextLines
        label={t('dialog.headers')}
        help={t('dialog.headersHelp')}
        rows={2}
        className="mono resize-none"
        value={headers}
        onChange={(text) => {
          setHeaders(text);
          setOption('headers', parseHeaders(text));
        }}
      />
    </>
  );
}

const headerLines = (headers: Record<string, string> | undefined): string =>
  Object.entries(headers ?? {})
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

function parseHeaders(text: string): Record<string, string> | undefined {
  const pairs = text
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => {
      const at = line.indexOf(':');
      return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    });
  return pairs.length > 0 ? (Object.fromEntries(pairs) as Record<string, string>) : undefined;
}
