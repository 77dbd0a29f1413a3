import { CHANGE_FIELDS, type ChangeField, type FieldValues } from './incident-change.ts';

/** A field that somebody else changed. `before` is null where the form did not carry it; `yours` where you left it. */
export type ConflictRow = { field: ChangeField; before: string | null; now: string; yours: string | null };

/**
 * What changed between `base` and `current` while `typed` was being typed, and `merged`: what the form shall hold now.
 * What was typed stays, fields left alone take the current value, so that saving again undoes nobody's work.
 * `named` are fields known to have changed although the form did not carry them.
 */
export function compareVersions(
  base: FieldValues,
  typed: FieldValues,
  current: Required<FieldValues>,
  named: readonly string[] = [],
): { rows: ConflictRow[]; merged: FieldValues } {
  const rows: ConflictRow[] = [];
  const merged: FieldValues = {};
  for (const field of CHANGE_FIELDS) {
    const before = base[field];
    const value = typed[field];
    const mine = value !== undefined && (field === 'status' || before === undefined || value.trim() !== before.trim());
    if (value !== undefined) merged[field] = mine ? value : current[field];
    const changed = before === undefined ? named.includes(field) : before.trim() !== current[field].trim();
    if (changed) rows.push({ field, before: before ?? null, now: current[field], yours: mine ? value : null });
  }
  return { rows, merged };
}
