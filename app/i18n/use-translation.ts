import type { i18n, TFunction } from 'i18next';
import { useContext } from 'react';
import { I18nContext } from 'react-i18next';

/**
 * The words of the page's language: `const { t } = useTranslation()`.
 * The library's own hook copies the whole instance and subscribes to language changes in every component, a third of
 * the time to render a list; here an instance never changes its language.
 */
export function useTranslation(): { t: TFunction; i18n: i18n } {
  const { i18n } = useContext(I18nContext);
  return { t: i18n.t, i18n };
}
