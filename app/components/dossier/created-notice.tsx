import { Link } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { IncidentSummary } from '../../../server/incidents/incidents.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useAnnounce } from '../ui/announce.tsx';
import { IconCircleCheck } from '../ui/icons.ts';
import classes from './dossier.module.css';

/** Says that an incident was just opened; the keyboard goes on from its link. */
export function CreatedNotice({ incident }: { incident: IncidentSummary }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const link = useRef<HTMLAnchorElement>(null);
  const said = t('dossier.created_said', { number: incident.number });
  useEffect(() => {
    announce(said);
    link.current?.focus();
  }, [announce, said]);
  return (
    <p className={classes.created} data-tone="good">
      <IconCircleCheck size={18} aria-hidden />
      <span>{t('dossier.created', { number: incident.number })}</span>
      <Link ref={link} to={`/incidents/${incident.id}`}>
        <bdi>{incident.title}</bdi>
      </Link>
    </p>
  );
}
