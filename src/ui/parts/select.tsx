import type { ComponentProps, ReactNode } from 'react';

export interface SelectProps<T extends string> {
  value: T;
  onChange(value: T): void;
  /** Values and their names. */
  choices: readonly (readonly [T, string])[];
}

/** Chooses one of some values; the caller gives it a frame and a name. */
export function Select<T extends string>({
  value,
  onChange,
  choices,
  ...rest
}: SelectProps<T> & Pick<ComponentProps<'select'>, 'id' | 'aria-label' | 'aria-describedby'>): ReactNode {
  return (
    <select {...rest} value={value} onChange={({ target }) => onChange(target.value as T)}>
      {choices.map(([choice, name]) => (
        <option key={choice} value={choice}>
          {name}
        </option>
      ))}
    </select>
  );
}
