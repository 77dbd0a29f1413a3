import { TRPCError } from '@trpc/server';
import { ERROR_MESSAGES, ERRORS, type ErrorCode } from './errors.rules.ts';

export type ErrorDetails = Record<string, unknown>;

/**
 * A failure that the outside may know about: a code of the error table, and details without personal data.
 * It is a TRPCError, so that procedures throw it directly and every wire format reads the same fields.
 */
export class AppError extends TRPCError {
  readonly errorCode: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, cause?: unknown) {
    super({ code: ERRORS[code].trpc, message: ERROR_MESSAGES[code], cause });
    this.name = 'AppError';
    this.errorCode = code;
    this.details = details;
  }

  get status(): number {
    return ERRORS[this.errorCode].status;
  }
}
