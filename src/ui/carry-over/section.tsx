import { ArrowLeftRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { CarryItem } from '../../core/carry-over/view';
import type { ConnectionView } from '../../core/view/view';
import { nameOfConnection } from '../../core/view/connections';
import { Button } from '../parts/button';
import { ListSelect } from '../parts/list-controls';
import { FailureNote } from '../parts/failure-text';
import { Status } from '../parts/status';
import { useTranslation } from '../use-translation';
import { useView } from '../use-view';
import { CarryDialog } from './dialog';
import { Missing } from './missing';
import { Uncarried } from './uncarried';
import { UnreadNote } from './unread-note';
import { useComparison, type Names, type Way } from './use-carry';

/** What another CLIProxyAPI has that this one has not, or the other way round, and a way to add it. */
export function CompareSection(): ReactNode {
  const { connection, others = [] } = useView();
  return connection && others.length > 0 ? <Compare here={connection} others={others} /> : null;
}

function Compare({ here, others }: { here: ConnectionView; others: readonly ConnectionView[] }): ReactNode {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState('');
  const [swapped, setSwapped] = useState(false);
  const other = others.find(({ id }) => id === chosen) ?? others[0]!;
  const { found, way, compare, forget } = useComparison();
  const next: Way = swapped ? { from: here.id, to: other.id } : { from: other.id, to: here.id };
  // What was found between two others says nothing of these.
  const isOfThese = way !== null && way.from === next.from && way.to === next.to;
  const [ours, theirs] = [nameOfConnection(here), nameOfConnection(other)];
  const names: Names = swapped ? { from: ours, to: theirs } : { from: theirs, to: ours };
  return (
    <section className="panel mt-6 p-5">
      <h2 className="text-md">{t('carry.title')}</h2>
      <p className="text-ink-2">{t('carry.lead')}</p>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        {others.length > 1 && (
          <ListSelect
            label={t('carry.other')}
            value={other.id}
            choices={others.map((one) => [one.id, nameOfConnection(one)] as const)}
            onChange={setChosen}
          />
        )}
        <span className="min-w-0 [overflow-wrap:anywhere]">{t('carry.way', { ...names })}</span>
        <Button small onClick={() => setSwapped(!swapped)}>
          <ArrowLeftRight size={14} aria-hidden />
          {t('carry.swap')}
        </Button>
        <Button
          look={isOfThese ? undefined : 'primary'}
          busy={isOfThese && found === undefined}
          className="ml-auto"
          onClick={() => void compare(next)}
        >
          {t(isOfThese ? 'carry.again' : 'carry.compare')}
        </Button>
      </div>
      {isOfThese && (
        <Found key={`${next.from} ${next.to}`} {...{ found, names }} way={next} onDone={forget} />
      )}
    </section>
  );
}

function Found({
  found,
  names,
  way,
  onDone,
}: {
  found: ReturnType<typeof useComparison>['found'];
  names: Names;
  way: Way;
  /** Something was written: what was found is old. */
  onDone(): void;
}): ReactNode {
  const { t } = useTranslation();
  const [order, setOrder] = useState<{ carryId: string; items: readonly CarryItem[] } | null>(null);
  if (!found)
    return (
      <div className="mt-3">
        <Status tone="busy" live>
          {t('carry.reading')}
        </Status>
      </div>
    );
  if (found.kind === 'failed') return <FailureNote className="mt-3" failure={found.failure} />;
  if (found.kind === 'unread') return <UnreadNote className="mt-3" unread={found} names={names} />;
  const { items, uncarried } = found;
  return (
    <>
      {items.length === 0 && (
        <p className="mt-3" role="status">
          {t(uncarried.length > 0 ? 'carry.nothingToAdd' : 'carry.nothing', { ...names })}
        </p>
      )}
      {items.length > 0 && (
        <Missing
          items={items}
          names={names}
          onPlan={(chosen) => setOrder({ carryId: crypto.randomUUID(), items: chosen })}
        />
      )}
      <Uncarried uncarried={uncarried} names={names} />
      {order && (
        <CarryDialog
          key={order.carryId}
          order={order}
          way={way}
          names={names}
          onClose={(written) => {
            setOrder(null);
            if (written) onDone();
          }}
        />
      )}
    </>
  );
}
