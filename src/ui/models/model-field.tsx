import { useId, type ReactNode } from 'react';
import { Field } from '../parts/field';

/** A field for a model's name, with the relay's names as suggestions. */
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
