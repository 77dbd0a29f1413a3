import { type AppLoadContext, data } from '@remix-run/node';
import { ERROR_MESSAGES, ERRORS } from '../../../server/errors.rules.ts';
import type { MentionGround } from '../../../server/privacy/erasure.rules.ts';
import {
  type IdentityMeans,
  PRIVACY_ACT_RULES,
  PRIVACY_ACTS,
  PRIVACY_STATUSES,
  type PrivacyAct,
  type PrivacyStatus,
} from '../../../server/privacy/privacy.rules.ts';
import { type FormError, formError } from '../ui/form-error.ts';
import { typedText } from '../ui/typed-text.ts';

type Calls = AppLoadContext['trpc']['privacy'];
type Input = { id: string; reason?: string; version?: string };

/** What an act's form holds besides the reason, as it was typed. */
export type TypedFields = Partial<Record<(typeof FIELDS)[number], string>>;
const FIELDS = ['means', 'checked_on', 'note', 'keep_mentions'] as const;

const CALLS: Record<PrivacyAct, (calls: Calls, input: Input, typed: TypedFields) => Promise<unknown>> = {
  verify_identity: (calls, input, { means, checked_on, note }) =>
    calls.verifyIdentity({ ...input, means: means as IdentityMeans, checked_on, note }),
  approve: (calls, input) => calls.approve(input),
  deny: (calls, input) => calls.deny({ ...input, reason: input.reason ?? '' }),
  extend: (calls, input) => calls.extend({ ...input, reason: input.reason ?? '' }),
  retry: (calls, input, { keep_mentions }) =>
    calls.retry({ ...input, keep_mentions: keep_mentions as MentionGround | undefined }),
  complete: (calls, input) => calls.complete(input),
  cancel: (calls, input) => calls.cancel(input),
};

/** An act that did not succeed: why, what was typed, and the status that the agent was looking at. */
export type FailedAct = {
  act: PrivacyAct;
  error: FormError;
  reason: string;
  typed: TypedFields;
  seen: PrivacyStatus | null;
};

/** Does the act that a form of the request's page asks for; null when it is done. Throws a Response for no act at all. */
export async function performAct(context: AppLoadContext, id: string, form: FormData): Promise<FailedAct | null> {
  const text = (name: string) => typedText(form.get(name));
  const act = PRIVACY_ACTS.find((one) => one === text('act'));
  if (!act) throw noAct(context.requestId);
  const reason = text('reason');
  const given = reason.trim() !== '' || PRIVACY_ACT_RULES[act].needsReason;
  const version = text('version');
  const typed = Object.fromEntries(FIELDS.map((name) => [name, text(name).trim() || undefined])) as TypedFields;
  try {
    if (text('password')) await context.reauthenticate(form);
    const input = { id, ...(given ? { reason } : {}), ...(version ? { version } : {}) };
    await CALLS[act](context.trpc.privacy, input, typed);
    return null;
  } catch (thrown) {
    const error = formError(thrown, context.requestId);
    return { act, error, reason, typed, seen: PRIVACY_STATUSES.find((status) => status === text('seen')) ?? null };
  }
}

function noAct(requestId: string) {
  const code = 'validation_failed';
  const details = { issues: [{ path: 'act', message: 'is no act' }] };
  return data(
    { error: { code, message: ERROR_MESSAGES[code], details, request_id: requestId } },
    { status: ERRORS[code].status },
  );
}
