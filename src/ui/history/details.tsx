import { Undo2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { formatMoment } from '../format';
import { Button } from '../parts/button';

/** One write beside the list: when, what it changed, how it ended, and its undo. */
export function HistoryDetails({
  at,
  title,
  about,
  facts = [],
  status,
  undo,
  children,
}: {
  at: number;
  title: string;
  about: string;
  /** What else is to be said of it, by label. */
  facts?: (readonly [string, ReactNode])[];
  /** How it ended. */
  status: ReactNode;
  /** Null: it cannot be undone. */
  undo: { label: string; run(): Promise<unknown> } | null;
  /** What it changed. */
  children: ReactNode;
}): ReactNode {
  const { t, i18n } = useTranslation();
  const rows = [
    [t('history.when'), formatMoment(at, i18n.language)] as const,
    ...facts,
    [t('history.proof'), status] as const,
  ];
  return (
    <aside className="panel sticky top-6 flex min-w-0 flex-1 basis-[360px] flex-col gap-3 p-5">
      <div>
        <h2 className="text-lg [overflow-wrap:anywhere]">{title}</h2>
        <p className="text-ink-2 [overflow-wrap:anywhere]">{about}</p>
      </div>
      <dl className="grid grid-cols-[64px_minmax(0,1fr)] gap-y-0.5">
        {rows.map(([label, fact]) => (
          <div key={label} className="contents">
            <dt className="text-ink-3">{label}</dt>
            <dd className="[overflow-wrap:anywhere]">{fact}</dd>
          </div>
        ))}
      </dl>
      {children}
      {undo && <UndoButton {...undo} />}
    </aside>
  );
}

function UndoButton({ label, run }: { label: string; run(): Promise<unknown> }): ReactNode {
  const [busy, setBusy] = useState(false);
  const undo = async (): Promise<void> => {
    setBusy(true);
    await run();
    setBusy(false);
  };
  return (
    <Button look="primary" className="self-start" busy={busy} onClick={() => void undo()}>
      <Undo2 size={16} aria-hidden />
      {label}
    </Button>
  );
}
