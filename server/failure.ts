import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { AppError } from './errors.ts';

/**
 * PostgreSQL's own codes for "not now" (SQLSTATE, Appendix A of its manual): connection trouble (08) and sessions that
 * cannot be opened (28, 3D000); a read-only server or standby (25006), a session that was ended for standing idle
 * (25P03, 25P04); serialization failure and deadlock (40001, 40P01); no disk, no memory, no connections (53); a lock or
 * a statement that takes too long (55P03, 57014), shutdown and start (57P); its files that fail (58).
 */
const UNAVAILABLE = /^(08...|28...|3D000|25006|25P0[34]|40001|40P01|53...|55P03|57014|57P..|58...)$/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN']);
/** What pg, its pool and Kysely say, without a code, of a connection that is gone or a pool that closes. */
const GONE =
  /Connection terminated|timeout exceeded when trying to connect|not queryable|Cannot use a pool after calling end|driver has already been destroyed|connection has been discarded/i;

/** Issues that an answer tells, and characters of a path in one: no answer grows with what was sent. */
const ISSUES = 50;
const PATH_LENGTH = 100;

/** Whatever was thrown, as an entry of the error table; what is unexpected tells nothing of its inside. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ZodError) return validationFailed(error);
  if (error instanceof TRPCError) return fromTrpc(error);
  if (isDatabaseAway(error)) return new AppError('service_unavailable', {}, error);
  return new AppError('internal_error', {}, error);
}

function fromTrpc(error: TRPCError): AppError {
  const { cause } = error;
  if (cause instanceof AppError) return cause;
  if (cause instanceof ZodError) return validationFailed(cause);
  switch (error.code) {
    case 'BAD_REQUEST':
    case 'PARSE_ERROR':
      return new AppError('validation_failed', { issues: [{ path: '', message: 'is not valid JSON' }] }, error);
    case 'NOT_FOUND':
    case 'METHOD_NOT_SUPPORTED':
      return new AppError('route_not_found', {}, error);
    case 'PAYLOAD_TOO_LARGE':
      return new AppError('payload_too_large', {}, error);
    case 'UNSUPPORTED_MEDIA_TYPE':
      return new AppError('unsupported_media_type', {}, error);
    default:
      return cause ? toAppError(cause) : new AppError('internal_error', {}, error);
  }
}

export function validationFailed(error: ZodError): AppError {
  const issues = error.issues.slice(0, ISSUES).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys
        .slice(0, ISSUES)
        .map((key) => ({ path: pathOf([...issue.path, key]), message: 'is not a known field' }));
    }
    return [{ path: pathOf(issue.path), message: issue.message }];
  });
  return new AppError('validation_failed', { issues: issues.slice(0, ISSUES) }, error);
}

/** Names that the caller made up are part of it, so that it is cut. */
function pathOf(path: PropertyKey[]): string {
  return path.map(String).join('.').slice(0, PATH_LENGTH).toWellFormed();
}

function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (UNAVAILABLE.test(code) || NETWORK.has(code)) return true;
  if (GONE.test(error.message)) return true;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  return error.cause !== undefined && isDatabaseAway(error.cause);
}
