import i18next, { type i18n } from 'i18next';
import type { Words } from './en';

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

export const languageNames: Record<Language, string> = { en: 'English', de: 'Deutsch' };

/** Only the language in use is loaded. */
const loaders: Record<Language, () => Promise<Words>> = {
  en: async () => (await import('./en')).en,
  de: async () => (await import('./de')).de,
};

const STORED = 'daybook.language';

export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}

/** What this browser used last, else its own language, else English. */
export function startLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (isLanguage(stored)) return stored;
  const own = navigator.language.slice(0, 2);
  return isLanguage(own) ? own : 'en';
}

export async function createI18n(language: Language): Promise<i18n> {
  const instance = i18next.createInstance();
  await instance.init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: await loaders[language]() } },
    interpolation: { escapeValue: false },
    returnNull: false,
    // Scopes such as `meetings:read` are keys.
    nsSeparator: false,
  });
  document.documentElement.lang = language;
  return instance;
}

/** Loads the words if need be and shows everything in `language` from now on. */
export async function showIn(instance: i18n, language: Language): Promise<void> {
  if (!instance.hasResourceBundle(language, 'translation')) {
    instance.addResourceBundle(language, 'translation', await loaders[language]());
  }
  await instance.changeLanguage(language);
  document.documentElement.lang = language;
  localStorage.setItem(STORED, language);
}
