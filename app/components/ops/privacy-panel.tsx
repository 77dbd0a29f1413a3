import { Link } from '@remix-run/react';
import type { OpsDashboard } from '../../../server/ops/ops.schema.ts';
import { PRIVACY_KINDS } from '../../../server/privacy/privacy.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { IconAlertTriangle } from '../ui/icons.ts';
import { Mark } from '../ui/mark.tsx';
import { PrivacyKindLabel } from '../ui/privacy-badges.tsx';
import { useFormat } from '../ui/use-format.ts';
import { Panel, panelClasses } from './panel.tsx';

/** Open privacy requests by kind, and how their legal clocks stand. */
export function PrivacyPanel({ privacy, time_zone: zone }: Pick<OpsDashboard, 'privacy' | 'time_zone'>) {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (
    <Panel title={t('ops.open_requests')} note={`${t('ops.art_12_3')} · ${t('privacy.days_of_zone', { zone })}`}>
      <table className={panelClasses.table}>
        <thead>
          <tr>
            <th scope="col">{t('privacy.fields.kind')}</th>
            <th scope="col">{t('ops.open')}</th>
            <th scope="col">{t('ops.within_week')}</th>
            <th scope="col">{t('privacy.overdue')}</th>
          </tr>
        </thead>
        <tbody>
          {PRIVACY_KINDS.map((kind) => {
            const row = privacy.find((one) => one.kind === kind) ?? { open: 0, overdue: 0, due_soon: 0 };
            return (
              <tr key={kind}>
                <th scope="row">
                  <PrivacyKindLabel kind={kind} />
                </th>
                <td>
                  <Link to={`/privacy?kind=${kind}`}>{number(row.open)}</Link>
                </td>
                <td>{number(row.due_soon)}</td>
                <td>
                  {row.overdue > 0 ? (
                    <Link to={`/privacy?kind=${kind}&overdue=true`}>
                      <Mark tone="bad" icon={IconAlertTriangle} plain>
                        {number(row.overdue)}
                      </Mark>
                    </Link>
                  ) : (
                    number(0)
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Panel>
  );
}
