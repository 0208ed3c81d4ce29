import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'wxt';

/**
 * Loopback is the only host known at install; every other host is asked for by name, from a click
 * (`optional_host_permissions`). No content scripts and no web-accessible resources: nothing of ours runs in a page.
 */
export default defineConfig({
  srcDir: 'src',
  entrypointsDir: '../entrypoints',
  publicDir: 'public',
  imports: false,
  modules: ['@wxt-dev/module-react'],
  vite: () => ({
    plugins: [tailwindcss()],
    build: { target: 'chrome120', modulePreload: false },
  }),
  manifest: ({ browser }) => ({
    name: '__MSG_name__',
    description: '__MSG_description__',
    default_locale: 'en',
    minimum_chrome_version: '120',
    permissions: ['storage', 'alarms'],
    host_permissions: ['http://localhost/*', 'http://127.0.0.1/*'],
    optional_host_permissions: ['*://*/*'],
    content_security_policy: {
      extension_pages:
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src *; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'",
    },
    ...(browser === 'firefox' && {
      browser_specific_settings: { gecko: { id: 'keyferry@keyferry.app', strict_min_version: '140.0' } },
    }),
  }),
});
