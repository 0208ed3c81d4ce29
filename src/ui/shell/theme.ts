import type { Settings } from '../../core/view/settings';

/** Remembered for the next page's first frame, before the worker has answered. No secret. */
const NAME = 'keyferry-look';

type Look = Pick<Settings, 'theme' | 'language'>;

export function rememberedLook(): Look {
  const look: Look = { theme: 'system', language: 'system' };
  try {
    return { ...look, ...(JSON.parse(localStorage.getItem(NAME) ?? '{}') as Partial<Look>) };
  } catch {
    return look;
  }
}

export function rememberLook({ theme, language }: Look): void {
  localStorage.setItem(NAME, JSON.stringify({ theme, language }));
}

export const DARK = '(prefers-color-scheme: dark)';

/** Puts the theme that is in force on <html>. */
export function applyTheme(theme: Settings['theme'], systemIsDark: boolean): void {
  const system = systemIsDark ? 'dark' : 'light';
  document.documentElement.dataset['theme'] = theme === 'system' ? system : theme;
}
