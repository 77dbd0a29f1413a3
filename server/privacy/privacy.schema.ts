import { z } from 'zod';
import { auditEvent } from '../audit/audit.schema.ts';
import { anyOf, flag, id, pageInput, pageOf, text, timestamp, wholeNumber } from '../fields.schema.ts';
import { CERTIFICATE_MAX, CERTIFICATE_OUTCOMES, SEAL_STATES } from './certificate.rules.ts';
import { CLOCK_RULES, isReceptionDay } from './deadline.rules.ts';
import { FAILURE_CLASSES, MENTION_GROUNDS, MENTIONS_MAX } from './erasure.rules.ts';
import {
  DETAILS_MAX,
  IDENTITY_MEANS,
  IDENTITY_NOTE_MAX,
  PRIVACY_ACTS,
  PRIVACY_KINDS,
  PRIVACY_STATUSES,
  REASON_MAX,
} from './privacy.rules.ts';

const kind = z.enum(PRIVACY_KINDS);
const status = z.enum(PRIVACY_STATUSES);
const details = text(1, DETAILS_MAX);
const version = wholeNumber(1, 2_147_483_647).optional();

const mention = z.object({ table: z.string(), id: z.string(), field: z.string() });
const decision = z.object({ ground: z.enum(MENTION_GROUNDS), by: id, at: timestamp });
const mentions = z.object({
  searched_at: timestamp,
  found: z
    .array(mention)
    .meta({ description: `up to ${MENTIONS_MAX} that wait for a decision; once none does, all that are kept` }),
  more: z.boolean().meta({ description: 'whether further ones wait: a decision covers those listed alone' }),
  kept: decision.nullable(),
  decisions: z.array(decision.extend({ found: z.array(mention) })).optional(),
});
const erasureFailure = z.object({
  class: z.enum(FAILURE_CLASSES),
  sqlstate: z.string().nullable(),
  table: z.string().nullable(),
  column: z.string().nullable(),
  constraint: z.string().nullable(),
});

export const privacyRequest = z.object({
  id,
  user_id: id,
  kind,
  status,
  details: z.string().nullable(),
  reason: z.string().nullable().meta({ description: 'what was said with the last move: why it was denied or failed' }),
  received_at: timestamp,
  due_at: timestamp.meta({
    description: 'the last millisecond of the last day, in `time_zone`: GDPR Art. 12(3), Regulation 1182/71 Art. 3',
  }),
  first_due_at: timestamp.meta({ description: 'the deadline before any extension' }),
  time_zone: z.string().meta({ description: "the desk's, in which days begin and end: an IANA name" }),
  clock_rule: z.enum(CLOCK_RULES).meta({
    description: 'how due_at was calculated: utc_instant, the same time of day, where it was before the present rule',
  }),
  extended_at: timestamp.nullable(),
  extension_reason: z.string().nullable(),
  days_left: z.number().int().nullable().meta({
    description: 'calendar days in `time_zone`: 0 today, 1 tomorrow, -1 one day late; null once ended',
  }),
  overdue: z.boolean().meta({ description: 'open, and the last day is over' }),
  decided_at: timestamp.nullable(),
  completed_at: timestamp.nullable(),
  requested_by: id.nullable().meta({ description: 'the customer, or the agent on their behalf' }),
  on_behalf_reason: z.string().nullable().meta({ description: 'why the agent asked on their behalf' }),
  identity_check: z
    .object({
      means: z.enum(IDENTITY_MEANS),
      checked_on: z.iso.date(),
      checked_at: timestamp,
      checked_by: id.nullable(),
    })
    .nullable()
    .meta({ description: 'the last recorded check of who asked; an erasure is not approved without' }),
  version: z.number().int(),
  created_at: timestamp,
  updated_at: timestamp,
});

const namedRequest = privacyRequest.extend({ user_name: z.string() });

/** Without what people wrote: those texts are read with the request itself, and recorded. */
export const privacyRequestListItem = namedRequest.omit({
  details: true,
  reason: true,
  extension_reason: true,
  on_behalf_reason: true,
});

/**
 * `allowed_transitions` are the statuses that the caller may move it to, `allowed_acts` what they may do to it now;
 * `certificate` stands once the desk has completed it (a rectification has none).
 */
export const privacyRequestDetail = namedRequest.extend({
  identity_note: z.string().nullable(),
  failure: erasureFailure
    .extend({ advice: z.string() })
    .nullable()
    .meta({ description: 'where it failed, and what to do' }),
  mentions: mentions.nullable().meta({ description: 'texts of other people that name the person of an erasure' }),
  allowed_transitions: z.array(status),
  allowed_acts: z.array(z.enum(PRIVACY_ACTS)),
  history: z.array(auditEvent).meta({ description: 'oldest first' }),
  certificate: z.record(z.string(), z.unknown()).nullable(),
  progress: z
    .object({ step: z.string(), done: z.number().int(), total: z.number().int() })
    .nullable()
    .meta({ description: 'while it is carried out' }),
  archive: z
    .object({ size_bytes: z.number().int(), sha256: z.string(), expires_at: timestamp, expired: z.boolean() })
    .nullable()
    .meta({ description: 'the export that its owner may download' }),
});

export const privacyGetInput = z.strictObject({ id });

export const privacyListInput = pageInput({
  status: anyOf(PRIVACY_STATUSES).optional(),
  kind: anyOf(PRIVACY_KINDS).optional(),
  user_id: id.optional(),
  overdue: flag.optional().meta({ description: 'open, and the last day is over in the zone of the desk' }),
});

export const privacyPage = pageOf(privacyRequestListItem);

export const privacyOwnListInput = pageInput({});
export const privacyOwnPage = pageOf(privacyRequest);
export const privacyOwnCreateInput = z.strictObject({ kind, details: details.optional() });
export const privacyCreateInput = z.strictObject({
  user_id: id,
  kind,
  details: details.optional(),
  reason: text(1, REASON_MAX).optional().meta({ description: 'why it is asked on behalf: how the wish reached us' }),
  received_on: z.iso
    .date()
    .refine((day) => isReceptionDay(day, new Date()), 'is in the future or more than a year ago')
    .optional()
    .meta({ description: 'the day on which the wish reached us, from which the clock runs; today unless told' }),
});

export const privacyActInput = z.strictObject({ id, reason: text(1, REASON_MAX).optional(), version });
export const privacyIdentityInput = z.strictObject({
  id,
  means: z.enum(IDENTITY_MEANS),
  checked_on: z.iso
    .date()
    .refine((day) => isReceptionDay(day, new Date()), 'is in the future or more than a year ago')
    .optional()
    .meta({ description: 'the day of the check; today unless told' }),
  note: text(1, IDENTITY_NOTE_MAX).optional(),
  reason: text(1, REASON_MAX).optional(),
  version,
});
export const privacyRetryInput = privacyActInput.extend({
  keep_mentions: z
    .enum(MENTION_GROUNDS)
    .optional()
    .meta({ description: 'keeps the texts of other people that name the person, on this ground' }),
});
export const privacyReasonedActInput = z.strictObject({ id, reason: text(1, REASON_MAX), version });

export const certificateCheckInput = z.strictObject({
  certificate: z
    .string()
    .min(1, 'is empty')
    .refine((value) => value.length <= CERTIFICATE_MAX, `has more than ${CERTIFICATE_MAX} characters`)
    .meta({ description: "the text of the certificate's file", maxLength: CERTIFICATE_MAX }),
});
export const certificateCheck = z.object({
  readable: z.boolean().meta({ description: 'false for what is no JSON object' }),
  outcome: z.enum(CERTIFICATE_OUTCOMES).nullable().meta({ description: 'only `genuine` is proof' }),
  privacy_request_id: id.nullable().meta({ description: 'of a request that this desk has completed' }),
  verdict: z
    .object({
      intact: z.boolean().meta({ description: 'its sha256 fits what stands in it' }),
      seal: z.enum(SEAL_STATES).meta({ description: "what the desk's own seal says" }),
      known: z.boolean().meta({ description: 'this desk has completed the request that it names' }),
      same: z.boolean().meta({ description: 'the desk keeps the same certificate for it' }),
      recorded: z.boolean().nullable().meta({ description: 'the audit names it; null where it names none' }),
    })
    .nullable(),
});

const count = z.number().int();
export const erasurePreview = z.object({
  tables: z.array(
    z.object({
      table: z.string(),
      rows: count,
      values_erased: count,
      columns_erased: z.array(z.string()),
      rows_kept: count,
      articles: z.array(z.string()).meta({ description: 'of the GDPR, on which the rows are kept' }),
    }),
  ),
});

export type ErasurePreview = z.infer<typeof erasurePreview>;
export type CertificateCheck = z.infer<typeof certificateCheck>;
export type PrivacyRequest = z.infer<typeof privacyRequest>;
export type PrivacyRequestListItem = z.infer<typeof privacyRequestListItem>;
export type PrivacyRequestDetail = z.infer<typeof privacyRequestDetail>;
export type PrivacyIdentityInput = z.infer<typeof privacyIdentityInput>;
export type PrivacyRetryInput = z.infer<typeof privacyRetryInput>;
export type PrivacyCreateInput = z.infer<typeof privacyCreateInput>;
export type PrivacyListInput = z.infer<typeof privacyListInput>;
