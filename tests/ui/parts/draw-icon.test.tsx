import { createLucideIcon } from 'lucide-react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import drawIcon from '../../../src/ui/parts/draw-icon';

const ALERT = {
  name: 'circle-exclamation-point',
  size: 24,
  node: [
    ['circle', { cx: '12', cy: '12', r: '10', key: '1mglay' }],
    ['line', { x1: '12', x2: '12', y1: '8', y2: '12', key: '1pkeuh' }],
  ] as [string, Record<string, string>][],
  aliases: ['alert-circle', 'circle-alert'],
};

test.each([
  {},
  { size: 14 },
  { size: 16, className: 'flex-none text-ink-3', 'aria-hidden': true },
  { size: 14, strokeWidth: 2.5, className: 'spin' },
])('an icon is drawn just as lucide-react draws it, with %o', (props) => {
  const [Own, Theirs] = [drawIcon(ALERT), createLucideIcon(ALERT)];
  expect(renderToStaticMarkup(<Own {...props} />)).toBe(renderToStaticMarkup(<Theirs {...props} />));
});
