import { useTranslation } from '../../i18n/use-translation.ts';
import { deadlineWords, type Standing } from './deadline-words.ts';

/** Where a deadline stands, in the page's language: `Due today`, `In 3 days (28 Nov)`, `1 day late`; null once ended. */
export function useDeadline(): (standing: Standing) => string | null {
  const { t, i18n } = useTranslation();
  const locale = i18n.language === 'fr' ? 'fr-FR' : 'en-GB';
  return (standing) => {
    const words = deadlineWords(standing, locale);
    if (!words) return null;
    const { key, ...values } = words;
    return t(`privacy.due.${key}`, values);
  };
}
