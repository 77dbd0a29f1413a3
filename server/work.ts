import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { AuditDraft } from './audit/audit.service.ts';
import type { LegalCalendar } from './privacy/deadline.rules.ts';
import type { Actor } from './request-context.ts';

/** One unit of work: what a service gets. It neither forks the em nor opens transactions. */
export type Work = {
  em: SqlEntityManager;
  actor: Actor;
  requestId: string;
  /** The one instant that all of this unit's times are; a change takes it anew once its row is locked. */
  now: Date;
  /** The desk's days. */
  calendar: LegalCalendar;
};

/** A unit of work that leaves an audit event. */
export type AuditedWork = Work & { audit: AuditDraft };

/** Takes the instant of a change from the database, read after the lock: its times and its event then have it. */
export function takeInstant(work: AuditedWork, instant: string | Date): void {
  work.now = new Date(instant);
  work.audit.at = work.now;
}

/** A unit of work that changes something, in one transaction with its audit event. */
export type Change = AuditedWork & {
  /** Runs once the change is committed; what it throws is logged, and changes nothing of the answer. */
  afterCommit(run: () => void): void;
};
