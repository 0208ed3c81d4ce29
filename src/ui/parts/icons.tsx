import type { ReactNode } from 'react';

interface IconProps {
  /** Pixels; small ones get a heavier stroke. */
  size?: number;
  className?: string;
}

/** A hull with a key as its mast: the product's mark, and the symbol of an import. */
export function FerryIcon({ size = 18, className }: IconProps): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={className}
    >
      <circle cx="12" cy="4.2" r="2.2" />
      <path d="M12 6.4V14" />
      <path d="M12 9.4h3.4" />
      <path d="M2.5 14h19l-2.3 4.6a2.5 2.5 0 0 1-2.2 1.4H7a2.5 2.5 0 0 1-2.2-1.4Z" />
    </svg>
  );
}
