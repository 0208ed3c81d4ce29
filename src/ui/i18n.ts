import i18next from 'i18next';
import { foreignText } from '../core/foreign-text';
import type { Settings } from '../core/view/settings';

type Texts = typeof import('../../locales/en.json');

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Texts };
    returnNull: false;
  }
}

export type Language = 'en' | 'zh-CN';

/** Each language is a chunk of its own, loaded when it is shown. All have the same keys. */
const LOADERS: Record<Language, () => Promise<{ default: object }>> = {
  en: () => import('../../locales/en.json'),
  'zh-CN': () => import('../../locales/zh-CN.json'),
};

export function languageOf(setting: Settings['language'], uiLanguage: string): Language {
  if (setting !== 'system') return setting;
  return /^zh\b/i.test(uiLanguage) ? 'zh-CN' : 'en';
}

/** Starts in the language of the last page, so that the first frame need not be drawn twice. */
export async function startI18n(language: Language): Promise<void> {
  const { default: translation } = await LOADERS[language]();
  await i18next.init({
    resources: { [language]: { translation } },
    lng: language,
    fallbackLng: false,
    // What is put into a sentence is a name more often than not. React escapes markup.
    interpolation: { escapeValue: true, escape: foreignText },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

export async function switchLanguage(language: Language): Promise<void> {
  if (i18next.language === language) return;
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', (await LOADERS[language]()).default);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
