import type { LegalCalendar } from '../../server/privacy/deadline.rules.ts';
import { Random } from './random.ts';
import type { AuditEventRow, IncidentRow, PrivacyRequestRow, SubscriptionRow, UserRow } from './rows.ts';

/** All that the demo will load, while it is being made up. */
export class DemoDesk {
  readonly random = new Random(2_026);
  readonly people: UserRow[] = [];
  readonly support: UserRow[] = [];
  readonly ops: UserRow[] = [];
  readonly customers: UserRow[] = [];
  readonly erased: UserRow[] = [];
  readonly subscriptions: SubscriptionRow[] = [];
  readonly incidents: IncidentRow[] = [];
  readonly privacyRequests: PrivacyRequestRow[] = [];
  readonly events: AuditEventRow[] = [];
  readonly now: Date;
  readonly calendar: LegalCalendar;

  constructor(now: Date, calendar: LegalCalendar) {
    this.now = now;
    this.calendar = calendar;
  }

  /** An instant `ms` before now. */
  ago(ms: number): Date {
    return new Date(this.now.getTime() - ms);
  }
}
