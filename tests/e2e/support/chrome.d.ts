/** Inside `evaluate` of an extension page the browser's own name of its API stands. */
declare const chrome: typeof import('wxt/browser').browser;
