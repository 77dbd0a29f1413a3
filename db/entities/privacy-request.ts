import { defineEntity, p } from '@mikro-orm/core';
import type { ClockRule } from '../../server/privacy/deadline.rules.ts';
import type { ErasureFailure, Mentions } from '../../server/privacy/erasure.rules.ts';
import {
  IDENTITY_MEANS,
  OPEN_PRIVACY_STATUSES,
  PRIVACY_KINDS,
  PRIVACY_STATUSES,
  type PrivacyProgress,
} from '../../server/privacy/privacy.rules.ts';
import { sqlList } from '../sql-list.ts';
import { User } from './user.ts';

const OPEN = `status in (${sqlList(OPEN_PRIVACY_STATUSES)})`;

export const PrivacyRequestSchema = defineEntity({
  name: 'PrivacyRequest',
  tableName: 'privacy_request',
  // Lists are soonest deadline first by (due_at, id), a person's own newest first by (created_at, id).
  indexes: [
    { properties: ['dueAt', 'id'] },
    { properties: ['status', 'dueAt', 'id'] },
    { properties: ['kind', 'dueAt', 'id'] },
    { properties: ['user', 'createdAt', 'id'] },
    {
      name: 'privacy_request_one_open_index',
      expression: `create unique index privacy_request_one_open_index on privacy_request (user_id, kind) where ${OPEN}`,
    },
    {
      name: 'privacy_request_open_due_index',
      expression: `create index privacy_request_open_due_index on privacy_request (due_at, id, kind) where ${OPEN}`,
    },
  ],
  checks: [
    { name: 'privacy_request_details_length', expression: 'char_length(details) between 1 and 2000' },
    {
      name: 'privacy_request_on_behalf_reason_length',
      expression: 'char_length(on_behalf_reason) between 1 and 2000',
    },
    { name: 'privacy_request_reason_length', expression: 'char_length(reason) between 1 and 2000' },
    { name: 'privacy_request_identity_note_length', expression: 'char_length(identity_note) between 1 and 1000' },
    { name: 'privacy_request_extension_reason_length', expression: 'char_length(extension_reason) between 1 and 2000' },
    { name: 'privacy_request_extended_with_reason', expression: '(extended_at is null) = (first_due_at = due_at)' },
  ],
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(User).ref(),
    kind: p.enum(PRIVACY_KINDS),
    status: p.enum(PRIVACY_STATUSES),
    details: p.string().columnType('text').nullable(),
    /** Why it was denied or failed. */
    reason: p.string().columnType('text').nullable(),
    requestedBy: () => p.manyToOne(User).ref().nullable(),
    /** Why an agent asked in the customer's place: how the wish reached them. */
    onBehalfReason: p.string().columnType('text').nullable(),
    /** The last recorded check of who asked: how, on which day, by which agent, and when it was written down. */
    identityMeans: p.enum(IDENTITY_MEANS).nullable(),
    identityCheckedOn: p.date().nullable(),
    identityNote: p.string().columnType('text').nullable(),
    /** No foreign key: its check would scan the table. */
    identityCheckedBy: p.uuid().fieldName('identity_checked_by_id').nullable(),
    identityCheckedAt: p.datetime(3).nullable(),
    receivedAt: p.datetime(3),
    firstDueAt: p.datetime(3),
    dueAt: p.datetime(3),
    /** Null in what was made before there was more than one rule. */
    clockRule: p.string().$type<ClockRule>().columnType('text').nullable(),
    extendedAt: p.datetime(3).nullable(),
    extensionReason: p.string().columnType('text').nullable(),
    decidedAt: p.datetime(3).nullable(),
    completedAt: p.datetime(3).nullable(),
    certificate: p.json<Record<string, unknown>>().nullable(),
    /** Texts of other people that name the person of an erasure, and what operations decided about them. */
    mentions: p.json<Mentions>().nullable().lazy(),
    /** Where the last attempt failed; nothing personal. */
    failure: p.json<ErasureFailure>().nullable().lazy(),
    /** How far the processing has come; null while nothing runs. Written beside the version, which it does not raise. */
    progress: p.json<PrivacyProgress>().nullable().lazy(),
    version: p.integer().version(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
  },
});

export class PrivacyRequest extends PrivacyRequestSchema.class {}
PrivacyRequestSchema.setClass(PrivacyRequest);
