import { useTranslation } from '../../i18n/use-translation.ts';
import { IconFileText } from './icons.ts';

/** Prints the page, or saves it as PDF; the browser's own command does the same without script. */
export function PrintButton() {
  const { t } = useTranslation();
  return (
    <button type="button" className="g-quiet g-screen-only g-script-only" onClick={() => window.print()}>
      <IconFileText size={14} aria-hidden /> {t('common.print')}
    </button>
  );
}
