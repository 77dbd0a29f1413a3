import { type AppLoadContext, data } from '@remix-run/node';
import { ERROR_MESSAGES, ERRORS } from '../../../server/errors.rules.ts';
import {
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

const CALLS: Record<PrivacyAct, (calls: Calls, input: Input) => Promise<unknown>> = {
  verify_identity: (calls, input) => calls.verifyIdentity(input),
  approve: (calls, input) => calls.approve(input),
  deny: (calls, input) => calls.deny({ ...input, reason: input.reason ?? '' }),
  extend: (calls, input) => calls.extend({ ...input, reason: input.reason ?? '' }),
  retry: (calls, input) => calls.retry(input),
  complete: (calls, input) => calls.complete(input),
  cancel: (calls, input) => calls.cancel(input),
};

/** An act that did not succeed: why, what was typed, and the status that the agent was looking at. */
export type FailedAct = { act: PrivacyAct; error: FormError; reason: string; seen: PrivacyStatus | null };

/** Does the act that a form of the request's page asks for; null when it is done. Throws a Response for no act at all. */
export async function performAct(context: AppLoadContext, id: string, form: FormData): Promise<FailedAct | null> {
  const text = (name: string) => typedText(form.get(name));
  const act = PRIVACY_ACTS.find((one) => one === text('act'));
  if (!act) throw noAct(context.requestId);
  const reason = text('reason');
  const given = reason.trim() !== '' || PRIVACY_ACT_RULES[act].needsReason;
  const version = text('version');
  try {
    await CALLS[act](context.trpc.privacy, { id, ...(given ? { reason } : {}), ...(version ? { version } : {}) });
    return null;
  } catch (thrown) {
    const error = formError(thrown, context.requestId);
    return { act, error, reason, seen: PRIVACY_STATUSES.find((status) => status === text('seen')) ?? null };
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
