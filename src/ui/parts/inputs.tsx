import { Upload } from 'lucide-react';
import { useId, useRef, type ComponentProps, type ReactNode } from 'react';
import { Button } from './button';

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

/** Asks for a JSON file. `label` names the field behind the button. */
export function FileButton({
  label,
  onFile,
  children,
}: {
  label: string;
  onFile(file: File): void;
  children: ReactNode;
}): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => input.current?.click()}>
        <Upload size={14} aria-hidden />
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={label}
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          // The same file can be chosen again.
          target.value = '';
          if (chosen) onFile(chosen);
        }}
      />
    </>
  );
}
