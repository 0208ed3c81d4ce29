import type { ReactNode } from 'react';

export interface SelectProps<T extends string> {
  value: T;
  onChange(value: T): void;
  /** What is chosen and what it is called. */
  choices: readonly (readonly [T, string])[];
}

/** The control that chooses one of some values; its frame and name are given by what is around it. */
export function Select<T extends string>({
  value,
  onChange,
  choices,
  ...rest
}: SelectProps<T> & { 'aria-label'?: string }): ReactNode {
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
