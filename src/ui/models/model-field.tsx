import { useId, type ReactNode } from 'react';
import { Field } from '../parts/field';

/** A model's name to be typed, with the relay's own to choose from. */
export function ModelField({
  label,
  help,
  wrong,
  models,
  value,
  onChange,
}: {
  label: string;
  help: string;
  wrong?: string | undefined;
  models: readonly string[] | null;
  value: string;
  onChange(value: string): void;
}): ReactNode {
  const id = useId();
  return (
    <>
      <Field
        label={label}
        help={help}
        wrong={wrong}
        mono
        list={id}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={id}>
        {models?.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
    </>
  );
}
