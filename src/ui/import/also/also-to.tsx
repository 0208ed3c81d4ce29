import { useEffect, useRef, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Failure } from '../../../core/failures/failure';
import type { ConnectionView } from '../../../core/view/view';
import { HALF_MINUTE, useNow } from '../../connection/connection-pill';
import { ConnectionSign } from '../../connection/sign';
import { nameOfConnection } from '../../../core/view/connections';
import { sayConnection } from '../../connection/state-words';
import { Button } from '../../parts/button';
import { CheckBox } from '../../parts/inputs';
import { Status, type StatusTone } from '../../parts/status';
import { sayWhole, sentences } from '../../say';
import { useTranslation } from '../../use-translation';
import { useViewPart } from '../../use-view';
import { useRemedy } from '../failure-actions';
import type { Wanted } from '../../may-reach';
import { isSent, type Also, type There } from '../../also';

/** Draws how the order stands at one of the other CLIProxyAPIs. */
type DrawThere<D, P, E> = (connection: ConnectionView, there: There<D, P, E>) => ReactNode;

/**
 * The other CLIProxyAPIs, each to be ticked, with its name and state, and below it what happens there. With one CLIProxyAPI
 * nothing of it is seen.
 */
export function AlsoTo<D, P, E>({
  also,
  draft,
  children,
}: {
  also: Also<D, P, E>;
  /** What is on screen for the first. */
  draft: D;
  children: DrawThere<D, P, E>;
}): ReactNode {
  const { t } = useTranslation();
  const others = useViewPart('others');
  const places = useStore(also);
  if (!others) return null;
  return (
    <fieldset className="border-t border-line pt-2">
      <legend className="sr-only">{t('also.title')}</legend>
      <p aria-hidden className="text-xs text-ink-2">
        {t('also.title')}
      </p>
      <ul>
        {others.map((connection) => {
          const there = places.get(connection.id);
          return (
            <li key={connection.id}>
              <Choice
                connection={connection}
                there={there}
                onTick={(on) => also.tick(connection.id, on, draft)}
              />
              {there && <InSight key={there.state.kind}>{children(connection, there)}</InSight>}
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}

function Choice({
  connection,
  there,
  onTick,
}: {
  connection: ConnectionView;
  there: There<unknown, unknown, unknown> | undefined;
  onTick(on: boolean): void;
}): ReactNode {
  const { t, i18n } = useTranslation();
  const { tone, short } = sayConnection(t, i18n.language, connection, useNow(HALF_MINUTE));
  return (
    <CheckBox
      checked={there !== undefined}
      // What was sent is not called back by taking away the tick.
      disabled={there !== undefined && isSent(there)}
      onChange={onTick}
    >
      <span className="inline-flex items-center gap-1.5">
        <ConnectionSign connection={connection} />
        {nameOfConnection(connection)} <Status tone={tone}>{short}</Status>
      </span>
    </CheckBox>
  );
}

/** Brings into sight what comes below a tick at the foot of a sheet; what an edit changes there later moves nothing. */
function InSight({ children }: { children: ReactNode }): ReactNode {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Newer browsers answer with a promise, which is no clean-up.
    line.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={line} className="pb-1 pl-6 text-xs">
      {children}
    </div>
  );
}

/** One line for each other CLIProxyAPI that was ticked, in the user's order. */
export function AlsoLines<D, P, E>({
  also,
  children,
}: {
  also: Also<D, P, E>;
  children: DrawThere<D, P, E>;
}): ReactNode {
  const { t } = useTranslation();
  const others = useViewPart('others') ?? [];
  const places = useStore(also);
  const ticked = others.flatMap((connection) => {
    const there = places.get(connection.id);
    return there ? [{ connection, there }] : [];
  });
  if (ticked.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1.5 text-xs" aria-label={t('also.list')}>
      {ticked.map(({ connection, there }) => (
        <li key={connection.id} className="flex items-start gap-1.5">
          <ConnectionSign connection={connection} />
          <div className="min-w-0 flex-1">
            <b className="font-semibold [overflow-wrap:anywhere]">{nameOfConnection(connection)}</b>
            {children(connection, there)}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** How it stands there, in a few words, and what can be done about it. */
export function ThereLine({
  tone,
  text,
  children,
}: {
  tone: StatusTone;
  text: ReactNode;
  children?: ReactNode;
}): ReactNode {
  return (
    <>
      <div>
        <Status tone={tone} live>
          {text}
        </Status>
      </div>
      {children && <div className="mt-1 flex flex-wrap gap-1.5">{children}</div>}
    </>
  );
}

/** Why it is not done there, with what can be done about that; the other places go on. */
export function NotThere({
  failure,
  keyId,
  connection,
  wanted,
  again,
}: {
  failure: Failure;
  /** Undefined: it is about many keys. */
  keyId?: string;
  connection: ConnectionView;
  wanted(): Wanted;
  again(): void;
}): ReactNode {
  const { t, i18n } = useTranslation();
  const remedy = useRemedy(failure, keyId, { connection, wanted, again });
  return (
    <ThereLine
      tone="danger"
      text={sentences(t, [
        t('also.leftOut', { name: nameOfConnection(connection) }),
        sayWhole(t, failure, i18n.language),
      ])}
    >
      {remedy && (
        <Button small onClick={() => void remedy.run()}>
          {remedy.label}
        </Button>
      )}
      {/* In place of another try stands what must change before it; the permission tries again by itself. */}
      {(!remedy || remedy.place === 'after') && (
        <Button small onClick={again}>
          {t('common.retry')}
        </Button>
      )}
    </ThereLine>
  );
}
