import { Link } from '@remix-run/react';
import type { AuditTargetType } from '../../../server/audit/audit.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';

const PAGES: Partial<Record<AuditTargetType, string>> = {
  incident: '/incidents/',
  user: '/users/',
  privacy_request: '/privacy/',
};

/** What an event is about, by its type and the end of its id; a link where it has a page. */
export function TargetLink({ type, id }: { type: AuditTargetType; id: string | null }) {
  const { t } = useTranslation();
  const page = PAGES[type];
  const short = id ? <span className="g-mono">…{id.slice(-8)}</span> : null;
  return (
    <>
      {t(`audit.target.${type}`)}{' '}
      {page && id ? (
        <Link to={page + encodeURIComponent(id)} title={id}>
          {short}
        </Link>
      ) : (
        short
      )}
    </>
  );
}
