import { useState, type ReactNode } from 'react';
import type { Change } from '../../../core/import/change';
import type { PlanView, Planned } from '../../../core/import/planned';
import { sumChanges } from '../../../core/import/plan-sum';
import { standingAt } from '../../../core/view/key-index';
import type { ConnectionView } from '../../../core/view/view';
import { PlanRows } from '../../dialogs/plan-rows';
import { saySum } from '../../dialogs/plan-sum';
import type { ImportAlso, ImportEnd } from '../../import-store';
import { usePage } from '../../page-context';
import { Button } from '../../parts/button';
import { sentences } from '../../say';
import { useTranslation } from '../../use-translation';
import { useViewPart } from '../../use-view';
import { nameOfConnection } from '../../../core/view/connections';
import { nextSteps } from '../next-steps';
import { sayNotices } from '../plan-notices';
import { isChecking, sayResult, sayStage } from '../say-result';
import { useWanted } from '../use-import';
import { isSent } from '../../also';
import { AlsoLines, AlsoTo, NotThere, ThereLine } from './also-to';

type Places = ReturnType<ImportAlso['getState']>;
type ThereState = NonNullable<ReturnType<Places['get']>>;

interface Import {
  keyId: string;
  keyName: string;
  /** The plan at the CLIProxyAPI that the page looks at, which the others are compared with. */
  first: Planned;
  also: ImportAlso;
}

/** The other CLIProxyAPIs that the import goes to, beside its plan. */
export function ImportAlsoTo({
  draft,
  ...about
}: Import & { draft: Parameters<ImportAlso['edit']>[0] }): ReactNode {
  return (
    <AlsoTo also={about.also} draft={draft}>
      {(connection, there) => <ImportThere {...about} connection={connection} there={there} />}
    </AlsoTo>
  );
}

/** How the import ended, or stands, at the other CLIProxyAPIs that it went to, beside its result. */
export function ImportAlsoEnds(about: Import): ReactNode {
  return (
    <AlsoLines also={about.also}>
      {(connection, there) => <ImportThere {...about} connection={connection} there={there} sending />}
    </AlsoLines>
  );
}

function ImportThere({
  connection,
  there: { state, end },
  sending = false,
  ...about
}: Import & {
  connection: ConnectionView;
  there: ThereState;
  /** The import was sent from the first, so that a plan here needs a button of its own. */
  sending?: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const { keyId, also } = about;
  const again = (): void => also.again(connection.id);
  const wanted = useWanted();
  const failed = { keyId, connection, wanted, again };
  if (state.kind === 'failed') return <NotThere failure={state.failure} {...failed} />;
  if (state.kind !== 'open') return <ThereLine tone="busy" text={t('also.reading')} />;
  if (isSent({ state, end })) return <Sent {...about} connection={connection} end={end} again={again} />;
  const { planned, replanned, phase } = state;
  if (planned.kind === 'failed') return <NotThere failure={planned.failure} {...failed} />;
  if (planned.kind === 'choose')
    return <ThereLine tone="warn" text={t('also.choose', { place: nameOfConnection(connection) })} />;
  return (
    <>
      {replanned && <ThereLine tone="warn" text={t('also.replan')} />}
      <PlanThere plan={planned.plan} first={about.first} />
      {sending && (
        <Button
          small
          className="mt-1"
          disabled={phase !== 'ready'}
          onClick={() => also.applyAt(connection.id)}
        >
          {t('also.importThere')}
        </Button>
      )}
    </>
  );
}

const ABOUT_FILE: readonly PlanView['notices'][number]['kind'][] = [
  'converts',
  'may-convert',
  'unseen',
  'unknown-field',
  'not-text',
];

/** What happens there; where it is not what happens at the first, the lines that differ. */
function PlanThere({ plan, first }: { plan: PlanView; first: Planned }): ReactNode {
  const { t } = useTranslation();
  const here = useViewPart('connection');
  const name = here ? nameOfConnection(here) : '';
  const other = first.kind === 'plan' ? first.plan : undefined;
  const differing = other ? without(plan.changes, other.changes).filter(isTold) : [];
  const sum = saySum(t, sumChanges(plan.changes));
  // What the first plan says already is said once, but what is said of a file is said of each.
  const said = other?.notices.filter(({ kind }) => !ABOUT_FILE.includes(kind));
  const notices = without(plan.notices, said ?? []);
  const isSame =
    other !== undefined && differing.length === 0 && sum === saySum(t, sumChanges(other.changes));
  return (
    <>
      <p className="text-ink-2">{isSame ? sentences(t, [t('also.same', { name }), sum]) : sum}</p>
      {differing.length > 0 && <PlanRows changes={differing} />}
      {sayNotices(t, notices).map((text) => (
        <p key={text} className="text-warn [overflow-wrap:anywhere]">
          {text}
        </p>
      ))}
    </>
  );
}

/** Those of `some` that are not among the others. */
function without<T>(some: readonly T[], others: readonly T[]): T[] {
  const known = new Set(others.map((one) => JSON.stringify(one)));
  return some.filter((one) => !known.has(JSON.stringify(one)));
}

/** What is there already and stays is no difference. */
const isTold = ({ kind }: Change): boolean => kind !== 'in-it' && kind !== 'rest';

/** What was sent there: how far it is, then how it ended. It is drawn from what the card says of that place, too. */
function Sent({
  connection,
  end,
  again,
  keyId,
  keyName,
}: Import & { connection: ConnectionView; end: ImportEnd | null; again(): void }): ReactNode {
  const { t } = useTranslation();
  const { order } = usePage();
  const wanted = useWanted();
  const key = useViewPart('keys').find(({ id }) => id === keyId);
  const standing = key && standingAt(key, connection.id);
  const running = standing?.running ?? null;
  // What the next life of a stopped worker finds out is on the card, and so is a second asking.
  const [before] = useState(standing?.card?.at);
  const news = standing?.card && standing.card.at !== before ? standing.card : null;
  if (running || !(end ?? news))
    return (
      <ThereLine tone="busy" text={sayStage(t, running)}>
        {running && (
          <Button small onClick={() => void order('work.stop', { workId: keyId }, connection.id)}>
            {t(isChecking(running) ? 'result.stopChecking' : 'result.cancel')}
          </Button>
        )}
      </ThereLine>
    );
  const card = news ?? (end?.kind === 'proved' ? end.card : null);
  if (card?.kind !== 'proved') {
    const failed = card?.kind === 'failed' ? card : end?.kind === 'failed' ? end : null;
    if (failed) return <NotThere {...{ keyId, connection, wanted, again }} failure={failed.failure} />;
    return <ThereLine tone="warn" text={t('card.state.needsLook')} />;
  }
  const { text, tone } = sayResult(t, card, keyName);
  const asks = nextSteps(card).some(({ kind }) => kind === 'askAgain');
  return (
    <ThereLine tone={tone} text={text}>
      {asks && (
        <Button small onClick={() => void order('import.ask-again', { keyId }, connection.id)}>
          {t('card.askAgain')}
        </Button>
      )}
    </ThereLine>
  );
}
