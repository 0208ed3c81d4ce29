import { ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';

/** Rarely needed content under a title that sums it up. */
export function Disclosure({
  title,
  about,
  children,
}: {
  title: string;
  about: string;
  children: ReactNode;
}): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="flex min-h-7 w-full items-center gap-2 text-left"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <ChevronRight size={16} className={`flex-none ${open ? 'rotate-90' : ''}`} aria-hidden />
        <b className="flex-none">{title}</b>
        <span className="cut text-ink-3">{about}</span>
      </button>
      {open && <div className="py-2">{children}</div>}
    </>
  );
}
