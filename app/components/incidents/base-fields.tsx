import type { IncidentDetail } from '../../../server/incidents/incidents.schema.ts';
import { CHANGE_FIELDS, fieldValues } from './incident-change.ts';

/**
 * Hidden fields by which a form tells the version that it was made from, and what that version held, so that a stale
 * form can be shown what changed. `withText` carries the long description too, for the form that edits it.
 */
export function BaseFields({ incident, withText = false }: { incident: IncidentDetail; withText?: boolean }) {
  const values = fieldValues(incident);
  const carried = CHANGE_FIELDS.filter((field) => withText || field !== 'description');
  return (
    <>
      <input type="hidden" name="version" value={incident.version} />
      <input type="hidden" name="base_updated_at" value={incident.updated_at} />
      {carried.map((field) => (
        <input key={field} type="hidden" name={`base_${field}`} value={values[field]} />
      ))}
    </>
  );
}
