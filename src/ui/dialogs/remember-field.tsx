import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { useView } from '../use-view';

export type Remember = 'device' | 'session';

const CHOICES = { device: 'cpa.rememberDevice', session: 'cpa.rememberSession' } as const;

/** Where a secret of the user's is kept, and whether anybody who reads this device's files can read it there. */
export function RememberField({
  label,
  inMemory,
  remember,
  onChange,
}: {
  label: string;
  /** What is to be known of a secret that goes with the browser. */
  inMemory: string;
  remember: Remember;
  onChange(remember: Remember): void;
}): ReactNode {
  const { t } = useTranslation();
  const { lock } = useView();
  return (
    <fieldset>
      <legend className="mb-0.5 font-medium">{label}</legend>
      <div className="flex flex-wrap gap-x-4">
        {(['device', 'session'] as const).map((choice) => (
          <label key={choice} className="flex min-h-7 cursor-pointer items-center gap-2">
            <input
              type="radio"
              name="remember"
              checked={remember === choice}
              onChange={() => onChange(choice)}
            />
            {t(CHOICES[choice])}
          </label>
        ))}
      </div>
      <p className="text-xs text-ink-3">
        {remember === 'session' ? inMemory : t(`cpa.where.${lock ? 'sealed' : 'plain'}`)}
      </p>
    </fieldset>
  );
}
