import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { EntryView } from '../../core/entries/view';
import type { KeyView } from '../../core/view/view';
import { EntryDialog } from './dialog';
import { useEdits } from './use-edits';
import type { ChosenIds } from './use-edits-flow';
import { VirtualList } from '../dialogs/virtual-list';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Field } from '../parts/field';
import { SelectedCount } from '../parts/list-controls';
import { Status, type StatusTone } from '../parts/status';
import { useSelection, withShift, type Selection } from '../parts/use-selection';
import { useRequest } from '../use-request';
import { usePlace, useViewPart } from '../use-view';
import { Picture, type Listed } from './picture';
import { standingOf, type Standing } from './standing';

const ROW = 56;

/** Every entry of CLIProxyAPI's lists, whoever made it, with a way to change it. */
export function EntryList(): ReactNode {
  const { t } = useTranslation();
  const place = usePlace();
  const { ask } = usePage();
  const { run, busy, failure } = useRequest();
  const [entries, setEntries] = useState<EntryView[]>();
  const [text, setText] = useState('');
  const [managed, setManaged] = useState<EntryView | null>(null);
  const [goal, setGoal] = useState<Goal>();
  const keys = useViewPart('keys');
  const listed = useMemo(() => listOf(entries ?? [], keys), [entries, keys]);
  const selection = useSelection(listed);
  const read = async (): Promise<void> => {
    // In the list of that moment a place may be another entry's.
    selection.set([]);
    setGoal(undefined);
    const reply = await run(() => ask('entries.list', {}));
    setEntries(reply.ok ? reply.value : undefined);
  };
  const goTo = (id: string): void => {
    setText('');
    setGoal({ id });
  };
  const close = (): void => {
    setManaged(null);
    void read();
  };
  const shown = listed.filter(({ entry }) => matches(entry, text));
  const edits = useEdits(
    () => ({ keyIds: [], entries: chosenOf(listed, selection.ids) }),
    () => void read(),
  );
  return (
    <section className="panel mt-6 p-5">
      <div className="flex flex-wrap items-center gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="text-md">{t('entry.list', { place })}</h2>
          <p className="text-ink-2">{t('entry.listLead', { place })}</p>
        </div>
        <Button busy={busy} onClick={() => void read()}>
          {entries || failure ? t('entry.refresh') : t('entry.show', { place })}
        </Button>
      </div>
      {failure && <FailureNote failure={failure} />}
      {entries?.length === 0 && <p className="mt-3 text-ink-3">{t('entry.none', { place })}</p>}
      {entries && entries.length > 0 && (
        <>
          <Picture listed={listed} onGo={goTo} />
          <Field
            className="mt-5"
            label={t('entry.search')}
            type="search"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          {shown.length > 0 && <SelectionBar shown={shown} selection={selection} edits={edits} />}
          {shown.length === 0 && <p className="mt-3 text-ink-3">{t('entry.noMatch', { text })}</p>}
          <Rows shown={shown} goal={goal} selection={selection} onManage={setManaged} />
        </>
      )}
      {edits.dialog}
      {managed && (
        <EntryDialog
          keyId=""
          name={managed.label}
          given={{ entry: managed, keyIndex: 0 }}
          again={close}
          onClose={() => setManaged(null)}
          onDone={close}
        />
      )}
    </section>
  );
}

const matches = ({ label, baseUrl, list }: EntryView, text: string): boolean =>
  `${label} ${baseUrl} ${list}`.toLowerCase().includes(text.trim().toLowerCase());

/** The entry that a click on the picture leads to; another object for each click. */
interface Goal {
  id: string;
}

function SelectionBar({
  shown,
  selection,
  edits,
}: {
  shown: readonly Listed[];
  selection: Selection;
  edits: ReturnType<typeof useEdits>;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="mt-3 flex min-h-8 flex-wrap items-center gap-3" role="group" aria-label={t('edits.bar')}>
      <SelectedCount shown={shown} selection={selection} />
      <span className="ml-auto">{edits.button({ small: true, disabled: selection.ids.size === 0 })}</span>
    </div>
  );
}

function Rows({
  shown,
  goal,
  selection,
  onManage,
}: {
  shown: readonly Listed[];
  goal: Goal | undefined;
  selection: Selection;
  onManage(entry: EntryView): void;
}): ReactNode {
  const { t } = useTranslation();
  const place = usePlace();
  const box = useRef<HTMLDivElement>(null);
  const held = goal && shown.findIndex(({ id }) => id === goal.id);
  // The browser brings into sight what takes the focus.
  useEffect(() => {
    if (goal) box.current?.querySelector<HTMLElement>('[data-goal] button')?.focus();
  }, [goal]);
  return (
    <div
      ref={box}
      className="mt-3 flex flex-col rounded-md border border-line"
      style={{ height: Math.min(420, shown.length * ROW + 2) }}
    >
      <VirtualList
        items={shown}
        rowKey={({ id }) => id}
        height={ROW}
        label={t('entry.list', { place })}
        held={held}
      >
        {(one) => (
          <Row
            listed={one}
            isGoal={one.id === goal?.id}
            chosen={selection.ids.has(one.id)}
            onChoose={(range) => selection.toggle(one.id, range ? shown : [])}
            onManage={() => onManage(one.entry)}
          />
        )}
      </VirtualList>
    </div>
  );
}

/** Equal entries are told apart by their places. */
function listOf(entries: readonly EntryView[], keys: readonly KeyView[]): Listed[] {
  const standing = standingOf(keys);
  return entries.map((entry) => ({ id: `${entry.list} ${entry.index}`, entry, ...standing(entry) }));
}

const chosenOf = (listed: readonly Listed[], ids: ReadonlySet<string>): ChosenIds['entries'] =>
  listed
    .filter(({ id }) => ids.has(id))
    .map(({ entry: { list, id, index, label } }) => ({ list, id, index, label }));

const TONES: Record<Standing, StatusTone> = {
  off: 'absent',
  empty: 'warn',
  served: 'ok',
  review: 'warn',
  unknown: 'none',
};

function Row({
  listed: { entry, standing },
  isGoal,
  chosen,
  onChoose,
  onManage,
}: {
  listed: Listed;
  isGoal: boolean;
  chosen: boolean;
  /** `range`: all from the last one that was chosen. */
  onChoose(range: boolean): void;
  onManage(): void;
}): ReactNode {
  const { t } = useTranslation();
  const keys = t('common.keys', { count: entry.keys.length });
  const models = t('common.models', { count: entry.models });
  return (
    <div
      data-goal={isGoal || undefined}
      className={`flex min-h-14 items-center gap-3 border-b border-line px-3 py-2 ${isGoal ? 'bg-accent-soft' : ''}`}
    >
      <input
        type="checkbox"
        aria-label={t('batch.select', { name: entry.label })}
        checked={chosen}
        onChange={({ nativeEvent }) => onChoose(withShift(nativeEvent))}
      />
      <div className="min-w-0 flex-1">
        <div className="cut font-semibold">{entry.label}</div>
        <div className="mono cut text-xs text-ink-3">
          {entry.baseUrl}
          {entry.list !== 'openai-compatibility' && ` · ${entry.list}`}
        </div>
      </div>
      <Status tone={TONES[standing]}>{t(`entry.standing.${standing}`)}</Status>
      <span className="w-36 text-right text-xs tabular-nums text-ink-2 max-sm:hidden">
        {t('entry.line', { keys, models })}
        <span className="mono cut block text-ink-3">{entry.keys[0]?.mask}</span>
      </span>
      <Button small aria-label={t('entry.manageOne', { name: entry.label })} onClick={onManage}>
        {t('entry.manageShort')}
      </Button>
    </div>
  );
}
