import { useId, type ReactNode } from 'react';

/** Several lines of what a machine reads: names, pairs. */
export function TextLines({
  label,
  help,
  rows,
  value,
  onChange,
}: {
  label: string;
  help: string;
  rows: number;
  value: string;
  onChange(value: string): void;
}): ReactNode {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      <div className="field py-1">
        <textarea
          id={id}
          className="mono resize-y"
          rows={rows}
          spellCheck={false}
          aria-describedby={`${id}-below`}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      </div>
      <p id={`${id}-below`} className="mt-1 text-xs text-ink-3">
        {help}
      </p>
    </div>
  );
}
