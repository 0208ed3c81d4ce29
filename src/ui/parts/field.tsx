import { Eye, EyeOff } from 'lucide-react';
import { useId, useState, type InputHTMLAttributes, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { Select, type SelectProps } from './select';

export interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  help?: ReactNode;
  /** Why the value is wrong; replaces the help below. */
  wrong?: string | undefined;
  icon?: ReactNode;
  mono?: boolean;
  after?: ReactNode;
}

export function Field({ label, help, wrong, icon, mono, after, className, ...input }: FieldProps): ReactNode {
  const id = useId();
  return (
    <Labelled {...{ id, label, help, wrong, className }}>
      {icon && <span className="text-ink-3">{icon}</span>}
      <input
        {...input}
        id={id}
        className={mono ? 'mono' : ''}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={(wrong ?? help) ? `${id}-below` : undefined}
      />
      {after}
    </Labelled>
  );
}

/** One of some values, with a name above it. */
export function SelectField<T extends string>({
  label,
  help,
  className,
  ...select
}: SelectProps<T> & { label: string; help?: string; className?: string }): ReactNode {
  const id = useId();
  return (
    <Labelled {...{ id, label, help, className }}>
      <Select id={id} aria-describedby={help ? `${id}-below` : undefined} {...select} />
    </Labelled>
  );
}

function Labelled({
  id,
  label,
  help,
  wrong,
  className,
  children,
}: Pick<FieldProps, 'label' | 'help' | 'wrong' | 'className' | 'children'> & { id: string }): ReactNode {
  const below = wrong ?? help;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      <div className={`field ${wrong ? 'wrong' : ''}`}>{children}</div>
      {below && (
        <div id={`${id}-below`} className={`mt-1 text-xs ${wrong ? 'text-danger' : 'text-ink-3'}`}>
          {below}
        </div>
      )}
    </div>
  );
}

/** A secret: masked, but can be shown; pasting and password managers work. */
export function SecretField(props: Omit<FieldProps, 'type' | 'after'>): ReactNode {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <Field
      autoComplete="off"
      spellCheck={false}
      {...props}
      mono
      type={shown ? 'text' : 'password'}
      after={
        <button
          type="button"
          className="icon-btn -mr-2"
          aria-label={t(shown ? 'common.hide' : 'common.show')}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          {shown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
        </button>
      }
    />
  );
}
