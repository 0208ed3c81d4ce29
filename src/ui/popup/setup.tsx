import { Check } from 'lucide-react';
import { type ReactNode } from 'react';
import { connectionState } from '../../core/connection/state';
import type { Adding } from '../accounts/adding';
import { useTabSite } from '../accounts/from-tab';
import { CheckFailure } from '../connection/check-list';
import { ConnectionFields } from '../connection/connection-fields';
import { HALF_MINUTE, useNow } from '../connection/connection-pill';
import { sayConnection } from '../connection/state-words';
import { useConnectionForm } from '../connection/use-connection-form';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Status } from '../parts/status';
import { useTranslation } from '../use-translation';
import { useView } from '../use-view';
import { useSkipped } from './skipped';

/** First run: what KeyFerry is for, and the two steps to the first import, in any order. */
export function Setup({ onAdd }: { onAdd(kind: Adding): void }): ReactNode {
  const { t } = useTranslation();
  const { connection } = useView();
  const [skipped, skip] = useSkipped();
  const now = useNow(HALF_MINUTE);
  const connected = connectionState(connection, now).kind === 'connected';
  const isNext = connected || skipped;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <h1 className="text-lg">{t('setup.title')}</h1>
      <p className="mb-3 text-ink-2">{t('setup.lead')}</p>
      <Step number={1} title={t('setup.connect')} at={connected ? 'done' : skipped ? 'later' : 'now'}>
        {connected ? (
          <Connected now={now} />
        ) : skipped ? (
          <Later onBack={() => skip(false)} />
        ) : (
          <Connect now={now} onSkip={() => skip(true)} />
        )}
      </Step>
      <Step number={2} title={t('setup.relay')} at={isNext ? 'now' : 'later'}>
        <AddRelay isNext={isNext} onAdd={onAdd} />
      </Step>
      <p className="text-xs text-ink-3">{t('setup.where')}</p>
    </div>
  );
}

const NUMBERS = {
  done: 'bg-ok-soft text-ok',
  now: 'bg-accent text-on-accent',
  later: 'border border-control text-ink-3',
} as const;

function Step({
  number,
  title,
  at,
  children,
}: {
  number: number;
  title: string;
  at: keyof typeof NUMBERS;
  children: ReactNode;
}): ReactNode {
  return (
    <section className="panel mb-3 p-3.5">
      <h2 className={`mb-2 flex items-center gap-2.5 text-md ${at === 'later' ? 'text-ink-2' : ''}`}>
        <span
          className={`grid size-[22px] flex-none place-items-center rounded-full text-xs font-semibold ${NUMBERS[at]}`}
          aria-hidden="true"
        >
          {at === 'done' ? <Check size={14} /> : number}
        </span>
        {title}
      </h2>
      {children}
    </section>
  );
}

function Connect({ now, onSkip }: { now: number; onSkip(): void }): ReactNode {
  const { t } = useTranslation();
  const { connection } = useView();
  const form = useConnectionForm();
  const { halted = null, trouble = null } = connection ?? {};
  const failure = form.checking ? null : (form.report?.failure ?? halted ?? trouble);
  const banned = halted?.code === 'banned' && halted.until > now;
  return (
    <>
      <ConnectionFields
        form={form}
        banned={banned}
        beside={
          <Button look="quiet" onClick={onSkip}>
            {t('setup.skip')}
          </Button>
        }
      >
        {form.failure ? (
          <FailureNote failure={form.failure} />
        ) : (
          failure && <CheckFailure failure={failure} onAllowed={() => void form.check()} />
        )}
      </ConnectionFields>
      <p className="mt-1.5 text-xs text-ink-3">{t('setup.skipHelp')}</p>
    </>
  );
}

function Connected({ now }: { now: number }): ReactNode {
  const { t, i18n } = useTranslation();
  const { page } = usePage();
  const { connection } = useView();
  const { tone, text } = sayConnection(t, i18n.language, connection, now);
  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <Status tone={tone}>{text}</Status>
        <div className="mono cut text-xs text-ink-3">{connection?.host}</div>
      </div>
      <Button look="link" onClick={() => void page.openOptions('#/cliproxyapi')}>
        {t('setup.change')}
      </Button>
    </div>
  );
}

function Later({ onBack }: { onBack(): void }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <p className="text-ink-2">{t('setup.skipped')}</p>
      <Button look="link" onClick={onBack}>
        {t('setup.connect')}
      </Button>
    </>
  );
}

/** An account is what is recommended: it brings all its keys. The relay in the tab beside comes first. */
function AddRelay({ isNext, onAdd }: { isNext: boolean; onAdd(kind: Adding): void }): ReactNode {
  const { t } = useTranslation();
  const { connection } = useView();
  const tab = useTabSite();
  const isRelay = tab && tab.host !== connection?.host;
  return (
    <>
      <p className="text-ink-2">{t('setup.relayHelp')}</p>
      {isRelay && (
        <Button
          className="mt-2 w-full justify-start"
          look={isNext ? 'primary' : 'default'}
          onClick={() => onAdd('tab')}
        >
          <span className="cut">{t('setup.fromTab', { host: tab.host })}</span>
        </Button>
      )}
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Button look={isNext && !isRelay ? 'primary' : 'default'} onClick={() => onAdd('account')}>
          {t('popup.addAccount')}
        </Button>
        <span className="text-xs text-ink-3">{t('setup.orByHand')}</span>
        <Button look="link" onClick={() => onAdd('key')}>
          {t('popup.addKey')}
        </Button>
        <Button look="link" onClick={() => onAdd('paste')}>
          {t('popup.paste')}
        </Button>
      </div>
    </>
  );
}
