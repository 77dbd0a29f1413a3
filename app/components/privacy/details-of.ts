import type { PrivacyKind } from '../../../server/privacy/privacy.rules.ts';

/** The details typed into a form, as the API takes them. Without them nobody could correct anything: forms require them then. */
export function detailsOf(kind: PrivacyKind, details: string): { details?: string } {
  return details.trim() || kind === 'rectification' ? { details } : {};
}
