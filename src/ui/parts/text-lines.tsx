import { useId, type ComponentProps, type ReactNode } from 'react';

/** Several lines of text for a machine: names, pairs, keys. */
export function TextLines({
  label,
  help,
  onChange,
  ...area
}: Omit<ComponentProps<'textarea'>, 'onChange'> & {
  label: string;
  help?: string | undefined;
  value: string;
  onChange(value: string): void;
}): ReactNode {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      <div className="field items-stretch py-1">
        <textarea
          className="mono resize-y"
          spellCheck={false}
          {...area}
          id={id}
          aria-describedby={help && `${id}-below`}
          onChange={({ target }) => onChange(target.value)}
        />
      </div>
      {help && (
        <p id={`${id}-below`} className="mt-1 text-xs text-ink-3">
          {help}
        </p>
      )}
    </div>
  );
}
