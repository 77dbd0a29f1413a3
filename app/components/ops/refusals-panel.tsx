import { Link } from '@remix-run/react';
import type { OpsDashboard } from '../../../server/ops/ops.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconShieldCheck } from '../ui/icons.ts';
import { useFormat } from '../ui/use-format.ts';
import { Panel, panelClasses } from './panel.tsx';

/** The acts that were denied or failed in the last day. `asOf` is ISO. */
export function RefusalsPanel({ refusals, asOf }: { refusals: OpsDashboard['refusals']; asOf: string }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const from = encodeURIComponent(new Date(Date.parse(asOf) - 86_400_000).toISOString());
  return (
    <Panel title={t('ops.refused_acts')} note={t('ops.last_day')}>
      {refusals.acts.length === 0 ? (
        <EmptyState compact icon={IconShieldCheck}>
          {t('ops.nothing_refused')}
        </EmptyState>
      ) : (
        <table className={panelClasses.table}>
          <thead>
            <tr>
              <th scope="col">{t('audit.fields.action')}</th>
              <th scope="col">{t('audit.status.denied')}</th>
              <th scope="col">{t('audit.status.failed')}</th>
            </tr>
          </thead>
          <tbody>
            {refusals.acts.map(({ action, denied, failed }) => (
              <tr key={action}>
                <th scope="row">
                  <Link to={`/audit?action=${action}&status=denied,failed&from=${from}`}>
                    {t(`audit.action.${action}`)}
                  </Link>
                </th>
                <td>{number(denied)}</td>
                <td>{number(failed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
