import { ERASED } from '../../../server/privacy/erased.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';

/** A person's name, kept from turning the text around it (`<bdi>`); words for nobody and for somebody erased. */
export function PersonName({ name, erased = false }: { name: string | null | undefined; erased?: boolean }) {
  const { t } = useTranslation();
  if (erased || name === ERASED) return <span className="g-dimmed">{t('common.erased_person')}</span>;
  return name ? <bdi dir="auto">{name}</bdi> : <span className="g-dimmed">{t('common.nobody')}</span>;
}
