import { foreignText } from '../../core/foreign-text';
import type { ReactNode } from 'react';
import { useView } from '../use-view';

/** Chooses one of the user's New APIs. */
export function NewApiSelect({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange(id: string): void;
}): ReactNode {
  const { newApis } = useView();
  return (
    <label className="flex items-center gap-2">
      <span className="flex-none font-medium">{label}</span>
      <span className="field min-w-0 flex-1">
        <select value={value} onChange={(event) => onChange(event.target.value)}>
          {newApis.map(({ id, name, host }) => (
            <option key={id} value={id}>
              {name === host ? name : `${foreignText(name)} · ${host}`}
            </option>
          ))}
        </select>
      </span>
    </label>
  );
}
