import type { ErasurePreview as Preview } from '../../../server/privacy/privacy.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useFormat } from '../ui/use-format.ts';
import { CERTIFICATE_WORDS } from './certificate-words.ts';
import classes from './erasure-preview.module.css';

/** What an erasure will erase and what it keeps, before anybody approves it: figures, and the law for what stays. */
export function ErasurePreview({ preview }: { preview: Preview }) {
  const { t, i18n } = useTranslation();
  const { number } = useFormat();
  const words = CERTIFICATE_WORDS[i18n.language === 'fr' ? 'fr' : 'en'];
  const held = preview.tables.filter(({ rows }) => rows > 0);
  return (
    <section className={`g-card ${classes.preview}`} aria-labelledby="preview">
      <h2 id="preview">{t('privacy.preview.title')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('privacy.preview.data')}</th>
            <th scope="col">{t('privacy.preview.erased')}</th>
            <th scope="col">{t('privacy.preview.kept')}</th>
          </tr>
        </thead>
        <tbody>
          {held.map(({ table, values_erased, columns_erased, rows_kept, articles }) => (
            <tr key={table}>
              <th scope="row">
                {words.tables[table] ?? table}
                <small className="g-mono">{table}</small>
              </th>
              <td>
                {values_erased > 0 ? words.values(values_erased, number(values_erased)) : '—'}
                {columns_erased.length > 0 ? <small className="g-mono">{columns_erased.join(', ')}</small> : null}
              </td>
              <td>
                {rows_kept > 0 ? words.entries(rows_kept, number(rows_kept)) : '—'}
                {rows_kept > 0 ? (
                  <small>{articles[0]?.startsWith('Rec.') ? articles.join(', ') : `Art. ${articles.join(', ')}`}</small>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="g-dimmed">{t('privacy.preview.others')}</p>
    </section>
  );
}
