import type { PrivacyRequest } from '../../../server/privacy/privacy.schema.ts';

/** Whether the request is the one by which its customer was erased. */
export function isErased({ kind, status }: Pick<PrivacyRequest, 'kind' | 'status'>): boolean {
  return kind === 'erasure' && status === 'completed';
}
