import type { Settings } from '../../core/view/settings';

/** Remembered for the next page's first frame, before the worker has answered. No secret. */
const NAME = 'keyferry-look';

interface Look {
  theme: Settings['theme'];
  language: Settings['language'];
}

export function rememberedLook(): Look {
  try {
    const look = JSON.parse(localStorage.getItem(NAME) ?? '{}') as Partial<Look>;
    return { theme: look.theme ?? 'system', language: look.language ?? 'system' };
  } catch {
    return { theme: 'system', language: 'system' };
  }
}

export function rememberLook(look: Look): void {
  localStorage.setItem(NAME, JSON.stringify({ theme: look.theme, language: look.language }));
}

const dark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

/** Puts the theme that is in force on <html>. */
export function applyTheme(theme: Settings['theme']): void {
  const system = dark().matches ? 'dark' : 'light';
  document.documentElement.dataset['theme'] = theme === 'system' ? system : theme;
}

/** Calls back when the system changes its theme; returns how to stop it. */
export function onSystemTheme(listener: () => void): () => void {
  const query = dark();
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
