import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale } from '../../server/users/users.schema.ts';
import type en from './en.json';

export type Messages = typeof en;

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Messages };
    returnNull: false;
  }
}

const instances = new Map<Locale, i18n>();

/**
 * Makes the words of a locale known: the server registers both, the browser only the one of its page.
 * An instance never changes its language, so requests in different languages can share it.
 */
export function registerMessages(locale: Locale, messages: object): void {
  const instance = createInstance();
  instance.use(initReactI18next).init({
    lng: locale,
    resources: { [locale]: { translation: messages } },
    interpolation: { escapeValue: false },
    initAsync: false,
    returnNull: false,
    react: { useSuspense: false },
  });
  instances.set(locale, instance);
}

/** The translator of `locale`; throws when its words were not registered. */
export function i18nFor(locale: Locale): i18n {
  const instance = instances.get(locale) ?? instances.values().next().value;
  if (!instance) throw new Error(`no messages registered for ${locale}`);
  return instance;
}
