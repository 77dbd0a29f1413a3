import type { FieldValues } from './incident-change.ts';

/** What a page can say has just been done; `incidents.done.*` holds the words. */
export const DONE = [
  'created',
  'saved',
  'unchanged',
  'open',
  'in_progress',
  'resolved',
  'closed',
  'reopened',
  'taken',
  'assigned',
  'released',
] as const;
export type Done = (typeof DONE)[number];

/** What a change that went through amounts to, given what stood `before` it. */
export function doneBy(changed: FieldValues, before: FieldValues, actorId: string): Done {
  const { status, assignee_id: assignee } = changed;
  if (status === 'in_progress' && before.status === 'closed') return 'reopened';
  if (status && (DONE as readonly string[]).includes(status)) return status as Done;
  const fields = Object.keys(changed);
  if (fields.length === 0) return 'unchanged';
  if (fields.length > 1 || assignee === undefined) return 'saved';
  if (assignee === '') return 'released';
  return assignee === actorId ? 'taken' : 'assigned';
}

/** `path` with word of what was done, which survives a redirect without script or session. */
export function withDone(path: string, done: Done, number?: number): string {
  return `${path}?done=${done}${number === undefined ? '' : `&number=${number}`}`;
}

/** What the query string says was done, if it is something that can be done. */
export function doneFrom(params: URLSearchParams): { done: Done; number: string } | null {
  const done = DONE.find((one) => one === params.get('done'));
  const number = /^\d{1,15}$/.exec(params.get('number') ?? '')?.[0] ?? '';
  return done ? { done, number } : null;
}
