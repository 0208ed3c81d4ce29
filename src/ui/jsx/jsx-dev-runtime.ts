import * as react from 'react/jsx-dev-runtime';
import { withSafeTexts } from './jsx-runtime';

export { Fragment, type JSX } from './jsx-runtime';

/** The same for tests and `wxt dev`, where React wants more of each element. */
export const jsxDEV: typeof react.jsxDEV = (type, props, ...more) =>
  react.jsxDEV(type, withSafeTexts(props as Record<string, unknown>), ...more);
