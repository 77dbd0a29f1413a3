import type { PrivacyRequest } from '../../../server/privacy/privacy.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { OpenAlready } from '../ui/about-customer.tsx';
import { DeskDays } from '../ui/deadline.tsx';
import { DaysLeft, PrivacyStatusBadge } from '../ui/privacy-badges.tsx';

/** What a customer has asked for that has not ended, and what the law says about asking by other ways. */
export function OpenRequests({ requests }: { requests: readonly PrivacyRequest[] }) {
  const { t } = useTranslation();
  const rows = requests.map((request) => ({
    to: `/privacy/${request.id}`,
    words: t(`privacy.kind_long.${request.kind}`),
    marks: (
      <>
        <PrivacyStatusBadge status={request.status} plain />
        <DaysLeft request={request} plain />
      </>
    ),
  }));
  return (
    <OpenAlready title={t('privacy.on_behalf.open_requests')} empty={t('privacy.on_behalf.none_open')} rows={rows}>
      <DeskDays requests={requests} />
      <p className="g-dimmed">{t('privacy.on_behalf.law')}</p>
    </OpenAlready>
  );
}
