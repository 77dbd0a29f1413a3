import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { CompiledQuery } from 'kysely';
import { legalCalendar } from '../db/legal-calendar.ts';
import { AuditDraft } from '../server/audit/audit.service.ts';
import { getDossier } from '../server/dossier/dossier.service.ts';
import { listIncidents } from '../server/incidents/incidents.read.ts';
import { listPrivacyRequests } from '../server/privacy/privacy.read.ts';
import { OPEN_PRIVACY_STATUSES } from '../server/privacy/privacy.rules.ts';
import { TrigramFrequencies } from '../server/users/trigram-frequencies.ts';
import { searchUsers } from '../server/users/users.read.ts';
import type { AuditedWork, Work } from '../server/work.ts';

/** A statement as the product sends it, with the parameters that a floor request fills in anew. */
export type Recorded = { text: string; parameters: unknown[] };

const ACTOR = { id: '00000000-0000-7000-8000-000000000001', role: 'support', name: '' } as const;
export const USER = '00000000-0000-7000-8000-000000000002';
export const FRAGMENT = 'recorded';
/** The trigrams that the index is asked for when {@link FRAGMENT} is searched. */
export const TRIGRAMS = new TrigramFrequencies().rarest(FRAGMENT);

/** Runs a read of the product on an em that only notes the statement: the floor's SQL cannot drift from it. */
async function record(read: (work: AuditedWork) => Promise<unknown>, audit: AuditDraft | null): Promise<Recorded> {
  let recorded: Recorded | undefined;
  const executeQuery = async ({ sql, parameters }: CompiledQuery) => {
    recorded = { text: sql, parameters: [...parameters] };
    return { rows: [] };
  };
  const em = { getKysely: () => ({ executeQuery }) } as unknown as SqlEntityManager;
  const work: Work = { em, actor: ACTOR, requestId: 'bench', now: new Date(), calendar: legalCalendar() };
  await read((audit ? { ...work, audit } : work) as AuditedWork).catch(() => {});
  if (!recorded) throw new Error('The product sent no statement');
  return recorded;
}

export const dossierStatement = () =>
  record((work) => getDossier(work, USER), new AuditDraft('support_dossier_read', 'user', USER));

export const listStatement = () => record((work) => listIncidents(work, { status: ['closed'], limit: 20 }), null);

export const privacyListStatement = () =>
  record((work) => listPrivacyRequests(work, { status: [...OPEN_PRIVACY_STATUSES], limit: 20 }), null);

export const searchStatement = () =>
  record(
    (work) => searchUsers(work, { query: FRAGMENT, limit: 20 }, new TrigramFrequencies()),
    new AuditDraft('support_user_search', 'user', null),
  );
