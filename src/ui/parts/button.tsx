import { LoaderCircle } from 'lucide-react';
import type { ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from 'react';

type Look = 'default' | 'primary' | 'quiet' | 'risky' | 'link';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  ref?: Ref<HTMLButtonElement>;
  look?: Look;
  small?: boolean;
  busy?: boolean;
}

const ignore = (event: MouseEvent): void => event.preventDefault();

/** One primary button per view. A busy one keeps its width and the focus, and takes no second click. */
export function Button({
  look = 'default',
  small,
  busy,
  className = '',
  children,
  ...rest
}: ButtonProps): ReactNode {
  const classes = ['btn', look === 'default' ? '' : look, small ? 'small' : '', className];
  return (
    <button
      type="button"
      {...rest}
      // `disabled` would drop the focus to the body. Enter in a form comes here as a click, too.
      {...(busy && { 'aria-disabled': true, onClick: ignore })}
      className={classes.filter(Boolean).join(' ')}
    >
      {busy && <LoaderCircle size={14} className="spin" aria-hidden />}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  ref?: Ref<HTMLButtonElement>;
  label: string;
  /** The key that does the same, shown beside the name. */
  hotkey?: string;
}

/** An icon with an accessible name, which hover and focus show. */
export function IconButton({ label, hotkey, className = '', children, ...rest }: IconButtonProps): ReactNode {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      data-tip={hotkey ? `${label} · ${hotkey}` : label}
      className={`icon-btn ${className}`}
    >
      {children}
    </button>
  );
}
