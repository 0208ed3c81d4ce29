import type { ReactNode } from 'react';

/** A box to tick, with its words; `help` stands smaller below them. */
export function CheckBox({
  checked,
  onChange,
  disabled = false,
  help,
  className = '',
  children,
}: {
  checked: boolean;
  onChange(checked: boolean): void;
  disabled?: boolean;
  help?: ReactNode;
  className?: string;
  children: ReactNode;
}): ReactNode {
  return (
    <label className={`flex min-h-6 cursor-pointer items-start gap-2 ${className}`}>
      <input
        type="checkbox"
        className="mt-0.5"
        disabled={disabled}
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
      />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {children}
        {help && <span className="block text-xs text-ink-3">{help}</span>}
      </span>
    </label>
  );
}
