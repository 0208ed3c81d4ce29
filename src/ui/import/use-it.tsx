import { Check, Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { chatCommand, CLIENT_KEY, clientBaseUrl } from '../../core/import/client-example';
import type { Shell } from '../../core/curl';
import type { ProvedCard } from '../../core/cliproxyapi/proved-card';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import type { SentImport } from '../import-store';
import { useForAMoment } from '../use-for-a-moment';
import { useTranslation } from '../use-translation';
import { useView } from '../use-view';

/** What a client of CLIProxyAPI needs to use what was imported. */
export function UseIt({ state: { plan }, card }: { state: SentImport; card: ProvedCard }): ReactNode {
  const { t } = useTranslation();
  const { connection } = useView();
  if (!connection) return null;
  const missing = new Set(card.missing.map(({ alias }) => alias));
  const model = plan.names.find(({ alias }) => !missing.has(alias))?.asked;
  const baseUrl = clientBaseUrl(connection.root);
  return (
    <div className="note flex-col">
      <b>{t('result.use.title')}</b>
      <dl className="grid w-full grid-cols-[64px_minmax(0,1fr)] gap-y-0.5 text-xs">
        <dt className="text-ink-3">{t('result.use.baseUrl')}</dt>
        <dd className="mono [overflow-wrap:anywhere]">{baseUrl}</dd>
        {model !== undefined && (
          <>
            <dt className="text-ink-3">{t('result.use.model')}</dt>
            <dd className="mono [overflow-wrap:anywhere]">{model}</dd>
          </>
        )}
        <dt className="text-ink-3">{t('result.use.key')}</dt>
        <dd>{t('result.use.keyHelp')}</dd>
      </dl>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={baseUrl}>{t('result.use.copyBaseUrl')}</CopyButton>
        {model !== undefined &&
          shells().map((shell) => (
            <CopyButton
              key={shell}
              text={chatCommand(connection.root, model, shell)}
              tip={t('result.use.curlHelp', { placeholder: CLIENT_KEY })}
            >
              {t(`result.use.copyCurl.${shell}`)}
            </CopyButton>
          ))}
      </div>
    </div>
  );
}

/** Those that a terminal of this system may have. */
const shells = (): readonly Shell[] =>
  navigator.userAgent.includes('Windows') ? ['powershell', 'cmd'] : ['posix'];

/** Copies a text that is no secret, and says so for a moment. */
function CopyButton({ text, tip, children }: { text: string; tip?: string; children: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const { page } = usePage();
  const [copied, show] = useForAMoment<true>();
  const copy = async (): Promise<void> => {
    await page.copyText(text);
    show(true);
  };
  const Icon = copied ? Check : Copy;
  return (
    <Button small title={tip} onClick={() => void copy()}>
      <Icon size={14} aria-hidden />
      {children}
      <span className="sr-only" role="status">
        {copied && t('common.copied')}
      </span>
    </Button>
  );
}
