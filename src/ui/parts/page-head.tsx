import type { ReactNode } from 'react';

export function PageHead({
  title,
  lead,
  children,
}: {
  title: string;
  lead: string;
  children?: ReactNode;
}): ReactNode {
  return (
    <header className="mb-5 flex flex-wrap items-start gap-3">
      <div className="min-w-0 flex-1 basis-56">
        <h1 className="text-xl tracking-tight">{title}</h1>
        <p className="max-w-[68ch] text-ink-2">{lead}</p>
      </div>
      {children}
    </header>
  );
}

/** A box that says that there is nothing yet, and what to do first. */
export function EmptyState({
  icon,
  title,
  text,
  children,
}: {
  icon: ReactNode;
  title: string;
  text: ReactNode;
  children?: ReactNode;
}): ReactNode {
  return (
    <div className="panel flex flex-col items-center gap-1.5 px-6 py-10 text-center">
      <span className="grid size-10 place-items-center rounded-md bg-accent-soft text-accent">{icon}</span>
      <b>{title}</b>
      <p className="max-w-[44ch] text-ink-2">{text}</p>
      {children && <div className="mt-1 flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}
