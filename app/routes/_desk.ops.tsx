import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { DaysPanel } from '../components/ops/days-panel.tsx';
import { LoadPanel, PriorityPanel, UnassignedPanel } from '../components/ops/incident-panels.tsx';
import { panelClasses } from '../components/ops/panel.tsx';
import { PrivacyPanel } from '../components/ops/privacy-panel.tsx';
import { RefusalsPanel } from '../components/ops/refusals-panel.tsx';
import { Tiles } from '../components/ops/tiles.tsx';
import { IconRefresh } from '../components/ui/icons.ts';
import { PageHeader } from '../components/ui/page-header.tsx';
import { Time } from '../components/ui/time.tsx';
import { pageTitle } from '../i18n/page-title.ts';
import { useTranslation } from '../i18n/use-translation.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t('ops.title'));

export function loader({ context }: LoaderFunctionArgs) {
  return context.trpc.ops.dashboard();
}

export default function Operations() {
  const { t } = useTranslation();
  const dashboard = useLoaderData<typeof loader>();
  const { as_of: asOf, incidents, privacy, refusals } = dashboard;
  return (
    <>
      <PageHeader
        title={t('ops.title')}
        meta={
          <>
            <span>
              {t('ops.as_of')} <Time at={asOf} exact />
            </span>
            <Link to="/ops" replace preventScrollReset className={panelClasses.refresh}>
              <IconRefresh size={14} aria-hidden /> {t('ops.refresh')}
            </Link>
          </>
        }
      />
      <Tiles dashboard={dashboard} />
      <div className={panelClasses.grid}>
        <div className={panelClasses.column}>
          <DaysPanel days={incidents.days} zone={dashboard.time_zone} />
          <PriorityPanel incidents={incidents} />
          <LoadPanel load={incidents.load} />
        </div>
        <div className={panelClasses.column}>
          <PrivacyPanel privacy={privacy} time_zone={dashboard.time_zone} />
          <UnassignedPanel incidents={incidents.oldest_unassigned} now={asOf} />
          <RefusalsPanel refusals={refusals} asOf={asOf} />
        </div>
      </div>
    </>
  );
}
