import { Button } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { Agent } from '../../../server/users/staff.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { CopyId } from '../ui/copy-id.tsx';
import { IconAlertTriangle } from '../ui/icons.ts';
import { PersonName } from '../ui/person-name.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { Time } from '../ui/time.tsx';
import { BaseFields } from './base-fields.tsx';
import type { Conflict } from './change-incident.ts';
import classes from './conflict-panel.module.css';
import { changedFields, fieldValues } from './incident-change.ts';
import { TEXT_FORM } from './incident-text-form.tsx';
import { useIncidentWords } from './incident-words.ts';

/**
 * Above a form that came too late: who changed what meanwhile, beside what was typed; save over it, or let go.
 * `editing`: the form with the typed text stands below and is what gets saved.
 */
export function ConflictPanel({
  conflict,
  requestId,
  editing,
  agents,
}: {
  conflict: Conflict;
  requestId: string;
  editing: boolean;
  agents: readonly Agent[];
}) {
  const { t } = useTranslation();
  const { rows, merged, current, by } = conflict;
  const words = useIncidentWords({ agents, incident: current });
  const panel = useRef<HTMLDivElement>(null);
  const mine = changedFields({ base: fieldValues(current), typed: merged });
  const { status } = mine;
  const reached = status === current.status;
  const possible = status === undefined || current.allowed_transitions.some((step) => step === status);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal is read anew
  useEffect(() => panel.current?.focus({ preventScroll: false }), [conflict]);

  return (
    <div ref={panel} role="alert" tabIndex={-1} className={classes.panel}>
      <h2>
        <IconAlertTriangle size={18} aria-hidden /> {t('incidents.conflict_title')}
      </h2>
      <p>
        {by ? (
          <>
            {t('incidents.conflict_by')} <PersonName name={by.name ?? t('common.somebody')} />,{' '}
            <Time at={by.at} exact />.{' '}
          </>
        ) : null}
        {t('incidents.conflict_text')}
      </p>
      <table className={classes.table}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('incidents.conflict_before')}</th>
            <th scope="col">{t('incidents.conflict_theirs')}</th>
            {rows.some(({ yours }) => yours !== null) ? <th scope="col">{t('incidents.conflict_yours')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ field, before, now, yours }) => (
            <tr key={field}>
              <th scope="row">{words.field(field)}</th>
              <td>{before === null ? '—' : <bdi dir="auto">{words.value(field, before)}</bdi>}</td>
              <td>
                <bdi dir="auto">{words.value(field, now)}</bdi>
              </td>
              {rows.some((row) => row.yours !== null) ? (
                <td>{yours === null ? '—' : <bdi dir="auto">{words.value(field, yours)}</bdi>}</td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
      {possible ? null : (
        <p>
          {t(reached ? 'incidents.conflict_reached' : 'incidents.conflict_impossible', {
            status: words.value('status', current.status),
          })}
        </p>
      )}
      <div className={classes.buttons}>
        {editing ? (
          <Button type="submit" form={TEXT_FORM}>
            {t('incidents.conflict_overwrite')}
          </Button>
        ) : possible && Object.keys(mine).length > 0 ? (
          <Form method="post" action={`/incidents/${current.id}`} preventScrollReset>
            <BaseFields incident={current} />
            {Object.entries(mine).map(([field, value]) => (
              <input key={field} type="hidden" name={field} value={value} />
            ))}
            <SubmitButton>
              {t('incidents.conflict_apply', {
                list: Object.entries(mine)
                  .map(([field, value]) => words.value(field as keyof typeof mine, value))
                  .join(', '),
              })}
            </SubmitButton>
          </Form>
        ) : null}
        <Link to={`/incidents/${current.id}`}>
          {t(reached ? 'incidents.conflict_go_on' : 'incidents.conflict_discard')}
        </Link>
      </div>
      <p className={classes.request}>
        {t('error_page.request_id')} <CopyId value={requestId} label={t('error_page.request_id')} />
      </p>
    </div>
  );
}
