import { Suspense, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Card, Running } from '../../core/cliproxyapi/card';
import type { ProvedCard } from '../../core/cliproxyapi/proved-card';
import type { Failure } from '../../core/failures/failure';
import { useTranslation } from '../use-translation';
import { lazyNamed } from '../lazy-named';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Status } from '../parts/status';
import { ToCliproxyapi } from '../dialogs/to-cliproxyapi';
import { SheetHead } from '../dialogs/sheet-head';
import type { SentImport } from '../import-store';
import { useViewPart } from '../use-view';
import { ImportAlsoEnds } from './also/import-there';
import { ImportInstead } from './also/instead';
import { NextSteps } from './next-steps';
import { ResultFoot } from './result-foot';
import { ResultProof } from './result-proof';
import { isChecking, sayResult, sayStage } from './say-result';
import { UseIt } from './use-it';

const EntryYaml = lazyNamed(() => import('./by-hand/entry-yaml'), 'EntryYaml');

/**
 * An import that was sent, in the place of its plan: how far it has come, then what was done, how it was checked and
 * what comes next. It is drawn from what the key's card shows too, so that closing it loses nothing.
 */
export function ImportResult({ state }: { state: SentImport }): ReactNode {
  const { opened, end } = state;
  const key = useViewPart('keys').find(({ id }) => id === opened.keyId);
  const running = key?.running ?? null;
  // A worker that was stopped answers nothing; what its next life finds out is on the card, and so is a second asking.
  const [before] = useState(key?.card?.at);
  const news = key?.card && key.card.at !== before ? key.card : null;
  if (running || !(end ?? news)) return <UnderWay state={state} running={running} />;
  if (news?.kind === 'proved') return <Proved state={state} card={news} />;
  return end?.kind === 'proved' ? (
    <Proved state={state} card={end.card} />
  ) : (
    <Failed state={state} failure={end?.failure ?? null} card={news} />
  );
}

interface Ended {
  state: SentImport;
}

function Ends({
  state: { opened },
  ...boat
}: Ended & { progress: number; tone?: 'ok' | 'warn' | 'danger' }): ReactNode {
  return <ToCliproxyapi from={opened.relayName} host={opened.proxyHost} {...boat} />;
}

/** The other CLIProxyAPIs that the key was sent to. */
function Elsewhere({ state: { opened, plan, also } }: Ended): ReactNode {
  const { keyId, keyName } = opened;
  return <ImportAlsoEnds keyId={keyId} keyName={keyName} first={{ kind: 'plan', plan }} also={also} />;
}

/** The boat's place at each stage. While models are asked about it goes on with each that is served. */
const PLACES = {
  waiting: 0.08,
  listing: 0.08,
  reading: 0.2,
  writing: 0.4,
  'reading-back': 0.6,
  asking: 0.75,
  trying: 0.85,
} as const;

function UnderWay({ state, running }: Ended & { running: Running | null }): ReactNode {
  const { t } = useTranslation();
  const { order } = usePage();
  const { keyId, keyName } = state.opened;
  const { stage = 'waiting', served = 0, total: count = 0 } = running ?? {};
  const asks = isChecking(running);
  const checked = asks && count > 0 ? (0.95 - PLACES[stage]) * (served / count) : 0;
  return (
    <>
      <SheetHead takesFocus title={t('result.underWay', { name: keyName })} />
      <div className="flex flex-col gap-3 px-4 pb-4 pt-1">
        <Ends state={state} progress={PLACES[stage] + checked} />
        <div className="flex items-center gap-2">
          <div className="min-w-0 flex-1">
            <Status tone="busy" live>
              {sayStage(t, running)}
            </Status>
          </div>
          {running && (
            <Button small onClick={() => void order('work.stop', { workId: keyId })}>
              {t(asks ? 'result.stopChecking' : 'result.cancel')}
            </Button>
          )}
        </div>
        <p className="text-xs text-ink-3">{t(asks ? 'result.isWritten' : 'result.mayClose')}</p>
        <Elsewhere state={state} />
      </div>
    </>
  );
}

/** What happened, why, and what next; whether something was written, the failure itself says. */
function Failed({
  state,
  failure,
  card,
}: Ended & {
  /** Null: only the card tells. */
  failure: Failure | null;
  card: Card | null;
}): ReactNode {
  const { t } = useTranslation();
  const { keyId, keyName } = state.opened;
  const ticked = [...useStore(state.also).keys()];
  const why = failure ?? (card?.kind === 'failed' ? card.failure : { code: 'worker-gone' as const });
  return (
    <>
      <SheetHead takesFocus title={t('result.failed', { name: keyName })} />
      <div className="flex min-h-0 flex-col gap-3 overflow-y-auto px-4 pb-3 pt-1">
        <Ends state={state} progress={0.3} tone="danger" />
        <FailureNote failure={why} />
        {why.code === 'file-layout' && (
          <Suspense>
            <EntryYaml keyId={keyId} draft={state.draft} />
          </Suspense>
        )}
        {card && <NextSteps keyId={keyId} card={card} />}
        <Elsewhere state={state} />
        <ImportInstead failure={why} without={ticked} />
      </div>
      <ResultFoot state={state} failure={why} />
    </>
  );
}

function Proved({ state, card }: Ended & { card: ProvedCard }): ReactNode {
  const { t } = useTranslation();
  const { title, text, tone } = sayResult(t, card, state.opened.keyName);
  return (
    <>
      <SheetHead takesFocus title={title} />
      <div className="flex min-h-0 flex-col gap-3 overflow-y-auto px-4 pb-3 pt-1">
        <Ends state={state} progress={card.served > 0 ? 1 : 0.8} tone={tone} />
        <div>
          <Status tone={tone} live>
            <b className="font-semibold">{text}</b>
          </Status>
          <ResultProof state={state} card={card} />
        </div>
        <Elsewhere state={state} />
        {card.served > 0 && <UseIt state={state} card={card} />}
      </div>
      <ResultFoot state={state} card={card} />
    </>
  );
}
