import { foreignText } from '../../core/foreign-text';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { groupsAt } from '../../core/channels/desired-channel';
import type { ExportItem, ExportView } from '../../core/channels/view';
import type { NewApiShort } from '../../core/view/view';
import { usePage } from '../page-context';
import { useView } from '../use-view';
import { Button } from '../parts/button';
import { Crossing } from '../parts/crossing';
import { FailureNote } from '../parts/failure-text';
import { Note } from '../parts/note';
import { Status } from '../parts/status';
import { AllowHost } from '../channel-import/allow-host';
import { ChannelOptions } from '../channel-import/options';
import { Disclosure } from '../dialogs/disclosure';
import { PlanDialog } from '../dialogs/plan-dialog';
import { ExportEnds } from './ends';
import { ExportItems } from './items';
import { useExport, type ExportControl } from './use-export';

/** One plan for many keys, then a result for each and another try for the failed ones. */
export function ChannelExport({
  newApi,
  keyIds,
  chooser,
}: {
  newApi: NewApiShort;
  keyIds: readonly string[];
  chooser: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const work = useExport(newApi, keyIds);
  const { state, stage } = work;
  return (
    <PlanDialog
      form="wide"
      cancel={t(stage === 'plan' ? 'common.cancel' : 'common.close')}
      action={<Action work={work} />}
    >
      {stage === 'plan' && chooser}
      {state.kind === 'opening' && (
        <Status tone="busy" live>
          {t('channelExport.reading', { count: keyIds.length })}
        </Status>
      )}
      {state.kind === 'failed' && (
        <FailureNote failure={state.failure}>
          <AllowHost failure={state.failure} newApi={newApi} again={work.again} />
        </FailureNote>
      )}
      {state.kind === 'open' && stage === 'plan' && (
        <Plan view={state.planned} replanned={state.replanned} work={work} />
      )}
      {state.kind === 'open' && stage === 'writing' && (
        <Writing to={newApi.name} done={work.done} count={state.planned.items.length} />
      )}
      {stage === 'done' && <ExportEnds ends={work.exported} newApi={newApi} />}
    </PlanDialog>
  );
}

const writes = ({ items }: ExportView): number =>
  items.filter(({ kind }) => kind === 'create' || kind === 'update').length;

function Plan({
  view,
  replanned,
  work: { options, edit, again },
}: {
  view: ExportView;
  replanned: boolean;
  work: ExportControl;
}): ReactNode {
  const { t } = useTranslation();
  const groups = groupsAt(options.groups, view.groups);
  const about = [
    ...groups.map(foreignText),
    t('channelExport.priority', { priority: options.priority }),
  ].join(' · ');
  return (
    <>
      {replanned && <Note tone="warn">{t('channelImport.replan')}</Note>}
      <ExportItems items={view.items} />
      <AllowRelays items={view.items} again={again} />
      {(options.existing === 'make-new' || view.items.some(({ kind }) => kind === 'passed-over')) && (
        <label className="flex min-h-6 cursor-pointer items-center gap-2">
          <input
            type="checkbox"
            checked={options.existing === 'make-new'}
            onChange={(event) => edit({ existing: event.target.checked ? 'make-new' : 'pass-over' })}
          />
          {t('channelExport.makeNew')}
        </label>
      )}
      <div>
        <Disclosure title={t('channelExport.options')} about={about}>
          <ChannelOptions value={{ ...options, groups }} known={view.groups} tags onEdit={edit} />
        </Disclosure>
      </div>
    </>
  );
}

/** Only this browser asks relays for an export. Those that it may not reach yet are allowed in one question. */
function AllowRelays({ items, again }: { items: readonly ExportItem[]; again(): void }): ReactNode {
  const { t } = useTranslation();
  const { page } = usePage();
  const { keys } = useView();
  const shut = new Set(items.flatMap((item) => (isShut(item) ? [item.keyId] : [])));
  const patterns = [...new Set(keys.flatMap(({ id, pattern }) => (shut.has(id) ? [pattern] : [])))];
  if (patterns.length === 0) return null;
  const allow = async (): Promise<void> => {
    if (await page.requestHosts(patterns)) again();
  };
  return (
    <div>
      <Button small onClick={() => void allow()}>
        {t('channelExport.allow', { count: patterns.length })}
      </Button>
    </div>
  );
}

const isShut = (item: ExportItem): boolean =>
  item.kind === 'failed' && item.failure.code === 'relay-permission';

function Writing({ to, done, count }: { to: string; done: number; count: number }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Crossing from={t('common.keys', { count })} to={to} progress={done / count} />
      <Status tone="busy" live>
        {t('channelExport.writing', { done, count })}
      </Status>
      <p className="text-ink-3">{t('channelExport.mayClose')}</p>
    </>
  );
}

function Action({ work }: { work: ExportControl }): ReactNode {
  const { t } = useTranslation();
  const { state, stage, exported, again } = work;
  const primary = (text: string, act: () => void, disabled = false): ReactNode => (
    <Button look="primary" disabled={disabled} onClick={act}>
      {text}
    </Button>
  );
  if (state.kind === 'failed') return primary(t('common.retry'), () => again());
  if (stage === 'writing')
    return (
      <Button look="risky" busy={work.stopping} onClick={work.stop}>
        {t('channelExport.stop')}
      </Button>
    );
  if (stage === 'done') {
    const left = exported.filter(({ result }) => result.kind === 'failed' || result.kind === 'not-tried');
    const ids = left.map(({ item }) => item.keyId);
    return ids.length > 0 && primary(t('channelExport.retry', { count: ids.length }), () => again(ids));
  }
  if (state.kind !== 'open') return null;
  const idle = state.phase === 'planning' || state.planned.items.every(({ kind }) => !DOABLE.has(kind));
  return primary(t('channelExport.write', { count: writes(state.planned) }), () => void work.apply(), idle);
}

/** The items that the button does something for; an unchanged channel is recorded as its key's. */
const DOABLE: ReadonlySet<string> = new Set(['create', 'update', 'unchanged']);
