/** THE error table: every code that the outside can see, with its HTTP status and its tRPC code. */
export const ERRORS = {
  validation_failed: { status: 400, trpc: 'BAD_REQUEST' },
  unauthenticated: { status: 401, trpc: 'UNAUTHORIZED' },
  invalid_credentials: { status: 401, trpc: 'UNAUTHORIZED' },
  token_expired: { status: 401, trpc: 'UNAUTHORIZED' },
  refresh_token_reused: { status: 401, trpc: 'UNAUTHORIZED' },
  insufficient_role: { status: 403, trpc: 'FORBIDDEN' },
  cross_origin: { status: 403, trpc: 'FORBIDDEN' },
  reauthentication_required: { status: 403, trpc: 'FORBIDDEN' },
  user_not_found: { status: 404, trpc: 'NOT_FOUND' },
  incident_not_found: { status: 404, trpc: 'NOT_FOUND' },
  privacy_request_not_found: { status: 404, trpc: 'NOT_FOUND' },
  session_not_found: { status: 404, trpc: 'NOT_FOUND' },
  route_not_found: { status: 404, trpc: 'NOT_FOUND' },
  method_not_allowed: { status: 405, trpc: 'METHOD_NOT_SUPPORTED' },
  incident_invalid_transition: { status: 409, trpc: 'CONFLICT' },
  privacy_request_invalid_transition: { status: 409, trpc: 'CONFLICT' },
  incident_version_conflict: { status: 409, trpc: 'CONFLICT' },
  privacy_request_version_conflict: { status: 409, trpc: 'CONFLICT' },
  privacy_request_already_open: { status: 409, trpc: 'CONFLICT' },
  privacy_request_already_extended: { status: 409, trpc: 'CONFLICT' },
  privacy_request_deadline_passed: { status: 409, trpc: 'CONFLICT' },
  erasure_blocked: { status: 409, trpc: 'CONFLICT' },
  identity_not_verified: { status: 409, trpc: 'CONFLICT' },
  second_person_required: { status: 409, trpc: 'CONFLICT' },
  idempotency_in_progress: { status: 409, trpc: 'CONFLICT' },
  archive_expired: { status: 410, trpc: 'NOT_FOUND' },
  payload_too_large: { status: 413, trpc: 'PAYLOAD_TOO_LARGE' },
  unsupported_media_type: { status: 415, trpc: 'UNSUPPORTED_MEDIA_TYPE' },
  idempotency_key_reused: { status: 422, trpc: 'UNPROCESSABLE_CONTENT' },
  rate_limited: { status: 429, trpc: 'TOO_MANY_REQUESTS' },
  request_aborted: { status: 499, trpc: 'CLIENT_CLOSED_REQUEST' },
  internal_error: { status: 500, trpc: 'INTERNAL_SERVER_ERROR' },
  service_unavailable: { status: 503, trpc: 'SERVICE_UNAVAILABLE' },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** The codes that say who may not, or not now: the caller is not known, not allowed, or asks too much. */
export const REFUSALS = (Object.keys(ERRORS) as ErrorCode[]).filter((code) => isRefusal(code));

export function isRefusal(code: ErrorCode): boolean {
  return [401, 403, 429].includes(ERRORS[code].status);
}

/** The English sentence that goes with a code on the wire; pages translate the code instead. */
export const ERROR_MESSAGES: Record<ErrorCode, string> = {
  validation_failed: 'The request is not valid.',
  unauthenticated: 'Sign in first.',
  invalid_credentials: 'The e-mail or the password is wrong.',
  token_expired: 'The access token has expired.',
  refresh_token_reused: 'The refresh token was used before; its session is now closed.',
  insufficient_role: 'Your role does not allow this.',
  cross_origin: 'The request comes from another site.',
  reauthentication_required: 'Sign in again: this needs a password given within the last 10 minutes.',
  user_not_found: 'There is no such user.',
  incident_not_found: 'There is no such incident.',
  privacy_request_not_found: 'There is no such privacy request.',
  session_not_found: 'There is no such sign-in any more.',
  route_not_found: 'There is nothing at this address.',
  method_not_allowed: 'This address does not take this method.',
  incident_invalid_transition: 'The incident cannot move to this status.',
  privacy_request_invalid_transition: 'The privacy request cannot move to this status.',
  incident_version_conflict: 'The incident was changed meanwhile.',
  privacy_request_version_conflict: 'The privacy request was changed meanwhile.',
  privacy_request_already_open: 'A request of this kind is already open for this user.',
  privacy_request_already_extended: 'The deadline was extended before; it can be extended once.',
  privacy_request_deadline_passed: 'The first period is over; it can no longer be extended.',
  erasure_blocked: 'The account cannot be erased yet.',
  identity_not_verified: 'Record the identity check first.',
  second_person_required: 'Somebody other than the agent who asked has to approve this erasure.',
  idempotency_in_progress: 'The first request with this key is still running.',
  archive_expired: 'The archive is no longer kept.',
  payload_too_large: 'The body is larger than 1 MiB.',
  unsupported_media_type: 'Send the body as application/json.',
  idempotency_key_reused: 'This idempotency key was used with another body.',
  rate_limited: 'Too many requests.',
  request_aborted: 'The caller hung up before this began.',
  internal_error: 'Something went wrong on our side.',
  service_unavailable: 'The service is not available for the moment.',
};

/** What any failure of the error table looks like, wherever it was thrown. */
export type AppErrorLike = { errorCode: ErrorCode; details: Record<string, unknown>; status: number };

export function isAppError(error: unknown): error is AppErrorLike {
  return error instanceof Error && 'errorCode' in error && String(error.errorCode) in ERRORS;
}
