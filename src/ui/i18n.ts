import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from '../../locales/en.json';
import type { Settings } from '../core/settings';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}

export type Language = 'en' | 'zh-CN';

/** English is there at once; other languages are chunks of their own. */
const LOADERS: Record<Exclude<Language, 'en'>, () => Promise<{ default: object }>> = {
  'zh-CN': () => import('../../locales/zh-CN.json'),
};

export function languageOf(setting: Settings['language'], uiLanguage: string): Language {
  if (setting !== 'system') return setting;
  return /^zh\b/i.test(uiLanguage) ? 'zh-CN' : 'en';
}

/** Starts in the language that is likely right, so that nothing is drawn twice. */
export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: en } },
    lng: 'en',
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await switchLanguage(language);
}

export async function switchLanguage(language: Language): Promise<void> {
  if (language !== 'en' && !i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', (await LOADERS[language]()).default);
  }
  if (i18next.language !== language) await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
