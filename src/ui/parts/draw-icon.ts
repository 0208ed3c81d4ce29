import { createElement, type ReactElement, type SVGProps } from 'react';

/** The data that an icon file of lucide-react 1.77 holds. */
interface IconData {
  name: string;
  node: [tag: string, attributes: Record<string, string>][];
  aliases?: string[];
}

type IconProps = SVGProps<SVGSVGElement> & { size?: number };

/**
 * Stands in for lucide-react's `createLucideIcon` in the build (`scripts/icon-files`) and draws the same element. The
 * original also reads a context, and converts its attributes for React anew each time an icon is drawn.
 */
// oxlint-disable-next-line import/no-default-export -- this is how icon files import it
export default function createIcon({
  name,
  node,
  aliases = [],
}: IconData): (props: IconProps) => ReactElement {
  const names = ['', `-${name}`, ...aliases.map((alias) => `-${alias}`)]
    .map((end) => `lucide${end}`)
    .join(' ');
  const children = node.map(([tag, attributes]) => createElement(tag, attributes));
  return ({ size = 24, className, ...rest }) =>
    createElement(
      'svg',
      {
        xmlns: 'http://www.w3.org/2000/svg',
        width: size,
        height: size,
        viewBox: '0 0 24 24',
        fill: 'none',
        stroke: 'currentColor',
        strokeWidth: 2,
        strokeLinecap: 'round',
        strokeLinejoin: 'round',
        className: className ? `${names} ${className}` : names,
        'aria-hidden': 'true',
        ...rest,
      },
      children,
    );
}
