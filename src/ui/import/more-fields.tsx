import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { oddBaseUrl } from '../../core/base-url';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import { listNameOf, type ImportDraft } from '../../core/import/draft';
import type { OpenedImport } from '../../core/import/opened';
import { Field } from '../parts/field';
import { FamilyField } from './list-field';

/** The path that CLIProxyAPI (7.2) appends to a base URL of each list. */
const PATHS: Record<ListName, string> = {
  'openai-compatibility': '/chat/completions',
  'claude-api-key': '/v1/messages',
  'codex-api-key': '/responses',
  'gemini-api-key': '/v1beta/models/…',
  'vertex-api-key': '/v1/publishers/google/models/…',
  'xai-api-key': '/responses',
};

/** List, provider name, base URL, prefix, priority, proxy and headers. Empty fields are not written. */
export function MoreFields({
  opened,
  draft,
  edit,
  relist,
}: {
  opened: OpenedImport;
  draft: ImportDraft;
  edit(draft: ImportDraft): void;
  /** Called when the user leaves an edited base URL. */
  relist(baseUrl: string): void;
}): ReactNode {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(draft.baseUrl);
  const { keyPerEntry } = listTraits(listNameOf(draft));
  const hint = keyPerEntry ? undefined : oddBaseUrl(draft.baseUrl);
  return (
    <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
      <FamilyField opened={opened} draft={draft} edit={edit} />
      {!keyPerEntry && (
        <Field
          label={t('dialog.providerName')}
          value={draft.providerName}
          onChange={(event) => edit({ ...draft, providerName: event.target.value })}
        />
      )}
      <Field
        label={t('dialog.baseUrl')}
        mono
        value={draft.baseUrl}
        help={
          hint ? t(`planNotice.oddUrl.${hint}`) : t('dialog.baseUrlHelp', { path: PATHS[listNameOf(draft)] })
        }
        onChange={(event) => edit({ ...draft, baseUrl: event.target.value, baseUrlTyped: true })}
        onBlur={({ relatedTarget }) => {
          // Switching windows or giving up does not end typing: the key must not be sent to half a host name.
          const gone = !document.hasFocus() || relatedTarget?.closest('[data-gives-up]');
          if (draft.baseUrl === asked || gone) return;
          setAsked(draft.baseUrl);
          relist(draft.baseUrl);
        }}
      />
      <Options options={draft.options} onChange={(options) => edit({ ...draft, options })} />
    </div>
  );
}

type OptionValues = ImportDraft['options'];

function Options({
  options,
  onChange,
}: {
  options: OptionValues;
  onChange(options: OptionValues): void;
}): ReactNode {
  const { t } = useTranslation();
  const [headers, setHeaders] = useState(() => headerLines(options.headers));
  const setOption = <K extends keyof OptionValues>(name: K, value: OptionValues[K]): void => {
    const { [name]: _old, ...rest } = options;
    onChange(value === undefined ? rest : { ...rest, [name]: value });
  };
  return (
    <>
      <Field
        label={t('dialog.prefix')}
        help={t('dialog.prefixHelp')}
        value={options.prefix ?? ''}
        onChange={(event) => setOption('prefix', event.target.value || undefined)}
      />
      <Field
        label={t('dialog.priority')}
        help={t('dialog.priorityHelp')}
        inputMode="numeric"
        value={options.priority ?? ''}
        onChange={(event) => setOption('priority', event.target.value || undefined)}
      />
      <Field
        label={t('dialog.proxy')}
        help={t('dialog.proxyHelp')}
        mono
        value={options.proxyUrl ?? ''}
        onChange={(event) => setOption('proxyUrl', event.target.value || undefined)}
      />
      <label className="block">
        <span className="mb-1 block font-medium">{t('dialog.headers')}</span>
        <span className="field items-stretch py-1">
          <textarea
            className="mono resize-none"
            rows={2}
            value={headers}
            spellCheck={false}
            onChange={(event) => {
              setHeaders(event.target.value);
              setOption('headers', parseHeaders(event.target.value));
            }}
          />
        </span>
        <span className="mt-1 block text-xs text-ink-3">{t('dialog.headersHelp')}</span>
      </label>
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
