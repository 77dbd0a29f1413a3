import { ERROR_MESSAGES, ERRORS, type ErrorCode } from '../../../server/errors.rules.ts';

/** What a loader throws to show the error page of a code: `throw refusal('route_not_found', context.requestId)`. */
export function refusal(code: ErrorCode, requestId: string): Response {
  const error = { code, message: ERROR_MESSAGES[code], details: {}, request_id: requestId };
  return Response.json({ error }, { status: ERRORS[code].status });
}
