import i18next, { type i18n, type TFunction } from 'i18next';
import { useSyncExternalStore } from 'react';

interface Translation {
  t: TFunction;
  i18n: i18n;
}

let current = { language: '', translation: { t: i18next.t, i18n: i18next } };

/** All components share one `t`, which is another after each change of the language. */
function translation(): Translation {
  const { language } = i18next;
  if (current.language !== language)
    current = { language, translation: { t: i18next.getFixedT(language), i18n: i18next } };
  return current.translation;
}

function onLanguage(changed: () => void): () => void {
  i18next.on('languageChanged', changed);
  return () => i18next.off('languageChanged', changed);
}

/**
 * The texts of the language in force. react-i18next's hook of this name waits for namespaces to load and copies the whole
 * instance for each component that uses it; here a language is complete before it is shown.
 */
export const useTranslation = (): Translation => useSyncExternalStore(onLanguage, translation);
