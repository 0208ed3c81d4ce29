import { ArrowRight, Layers, Minus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { RuledName } from '../../core/aliases/apply-rule-set';
import type { Failure } from '../../core/failures/failure';
import type { Rule } from '../../core/aliases/rule-set';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { VirtualList } from '../dialogs/virtual-list';
import { cutMiddle } from '../format';
import { FailureNote } from '../parts/failure-text';
import { Select, type SelectProps } from '../parts/select';
import { Status } from '../parts/status';
import { useView } from '../use-view';
import { PASTED, SAMPLE, type PreviewNames } from './use-preview-names';

const FILTERS = {
  all: () => true,
  changed: ({ name, alias, droppedBy }: RuledName) => droppedBy === null && alias !== name,
  dropped: ({ droppedBy }: RuledName) => droppedBy !== null,
  collisions: ({ collision }: RuledName) => collision !== null,
} as const satisfies Record<string, (model: RuledName) => boolean>;
type Filter = keyof typeof FILTERS;

/** Shows the rules' result for sample names: before, after, which rule drops a name, and collisions. */
export function RulePreview({
  rules,
  ruled,
  source,
}: {
  rules: readonly Rule[];
  ruled: readonly RuledName[];
  source: PreviewNames;
}): ReactNode {
  const { t } = useTranslation();
  const { busy, failure } = source;
  const [filter, setFilter] = useState<Filter>('all');
  const shown = ruled.filter(FILTERS[filter]);
  return (
    <section className="panel flex min-w-0 flex-col p-4 xl:sticky xl:top-6" aria-labelledby="rule-preview">
      <h2 id="rule-preview" className="text-md">
        {t('aliases.preview.title')}
      </h2>
      <Source source={source} />
      {busy && (
        <Status tone="busy" live>
          {t('aliases.preview.listing')}
        </Status>
      )}
      {failure && (
        <FailureNote failure={failure} tone="warn">
          <AllowRelay source={source} failure={failure} />
        </FailureNote>
      )}
      <div className="flex flex-wrap gap-1.5 pb-2" role="group" aria-label={t('aliases.preview.show')}>
        {(Object.keys(FILTERS) as Filter[]).map((name) => (
          <button
            key={name}
            type="button"
            className="chip"
            aria-pressed={filter === name}
            onClick={() => setFilter(name)}
          >
            {t(`aliases.preview.${name}`)}{' '}
            <span className="tabular-nums">
              {t('aliases.preview.number', { number: ruled.filter(FILTERS[name]).length })}
            </span>
          </button>
        ))}
      </div>
      {shown.length === 0 ? (
        !busy && <p className="py-2 text-ink-2">{t('aliases.preview.nothing')}</p>
      ) : (
        <div className="flex h-[min(560px,70vh)] flex-col">
          <VirtualList
            items={shown}
            rowKey={({ name }) => name}
            height={34}
            label={t('aliases.preview.title')}
            tabStop
          >
            {(model) => <Row model={model} rules={rules} />}
          </VirtualList>
        </div>
      )}
    </section>
  );
}

/** The relay is asked by this browser only, which the user may allow here. */
function AllowRelay({ source, failure }: { source: PreviewNames; failure: Failure }): ReactNode {
  const { t } = useTranslation();
  const { page } = usePage();
  const asked = useView().keys.find(({ id }) => id === source.source);
  if (failure.code !== 'relay-permission' || !asked) return null;
  const allow = async (): Promise<void> => {
    if (await page.requestHost(asked.pattern)) source.choose(asked.id);
  };
  return (
    <Button small onClick={() => void allow()}>
      {t('cpa.allow', { host: failure.host })}
    </Button>
  );
}

function Source({ source }: { source: PreviewNames }): ReactNode {
  const { t } = useTranslation();
  const { keys } = useView();
  const choices: SelectProps<string>['choices'] = [
    [SAMPLE, t('aliases.preview.sample')],
    [PASTED, t('aliases.preview.pasted')],
    ...keys.map(
      ({ id, name, relayName: relay }) =>
        [id, name === relay ? name : t('aliases.preview.keyOf', { name, relay })] as const,
    ),
  ];
  return (
    <>
      <label className="flex flex-wrap items-center gap-x-2 py-2">
        {t('aliases.preview.source')}
        <span className="field max-w-full flex-1">
          <Select value={source.source} onChange={source.choose} choices={choices} />
        </span>
      </label>
      {source.source === PASTED && (
        <span className="field mb-2 items-stretch py-1">
          <textarea
            className="mono resize-y"
            rows={4}
            aria-label={t('aliases.preview.paste')}
            placeholder={t('aliases.preview.pasteHelp')}
            value={source.pasted}
            spellCheck={false}
            onChange={(event) => source.paste(event.target.value)}
          />
        </span>
      )}
    </>
  );
}

function Row({ model, rules }: { model: RuledName; rules: readonly Rule[] }): ReactNode {
  const { t } = useTranslation();
  const { name, alias, droppedBy, collision, original, slow } = model;
  const names = rules.map(({ kind }, at) => ({ number: at + 1, name: t(`aliases.kind.${kind}.name`) }));
  const warns = collision !== null || slow.length > 0;
  return (
    <div className={`rounded-sm px-2 py-1 ${warns ? 'bg-warn-soft' : ''}`}>
      <div className="grid grid-cols-[minmax(0,1fr)_16px_minmax(0,1fr)] items-center gap-2">
        <span className="mono cut text-ink-2" title={name}>
          {cutMiddle(name, 40)}
        </span>
        {droppedBy === null ? (
          <>
            <ArrowRight size={14} className="text-ink-3" aria-label={t('aliases.preview.becomes')} />
            <span className={`mono cut ${alias === name ? 'text-ink-3' : ''}`} title={alias}>
              {cutMiddle(alias, 40)}
            </span>
          </>
        ) : (
          <>
            <Minus size={14} className="text-danger" aria-hidden />
            <span className="text-danger">{t('aliases.preview.isDropped')}</span>
          </>
        )}
      </div>
      {droppedBy !== null && (
        <p className="text-xs text-ink-2">{t('aliases.preview.droppedBy', names[droppedBy])}</p>
      )}
      {original && <p className="text-xs text-ink-2">{t('aliases.preview.original')}</p>}
      {collision && (
        <p className="flex gap-1.5 text-xs text-ink-2">
          <Layers size={14} className="mt-px flex-none text-warn" aria-hidden />
          <span className="[overflow-wrap:anywhere]">
            {t(
              collision.owner.toLowerCase() === collision.wanted.toLowerCase()
                ? 'aliases.preview.collisionOwn'
                : 'aliases.preview.collision',
              collision,
            )}
          </span>
        </p>
      )}
      {slow.map((at) => (
        <p key={at} className="text-xs text-warn">
          {t('aliases.preview.slow', names[at])}
        </p>
      ))}
    </div>
  );
}
