import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client';
import type { Calls } from './calls.ts';
import type { Contract } from './contract.ts';
import type { GuichetRouter } from './router.ts';

/** Every procedure's `input` and `output`: `Procedures['incidents']['get']['output']`. */
export type Procedures = Contract['procedures'];

/** What the desk tells of a failure; `code` is one of the error table, `incident_version_conflict` for one. */
export type ErrorData = Contract['error'];

export type GuichetClient = Calls<Procedures>;

export type GuichetClientOptions = {
  /** The address of the desk, without `/trpc`. */
  url: string | URL;
  /** An access token, or what gives the present one; asked before each HTTP request. */
  token?: string | (() => string | undefined | Promise<string | undefined>) | undefined;
  /** Gives the `x-request-id` of each HTTP request: 8 to 128 of `A-Za-z0-9_.:-`. */
  requestId?: (() => string) | undefined;
  /** In place of the global `fetch`. */
  fetch?: typeof fetch | undefined;
};

/** The desk takes no more calls in one batch. */
const BATCH_MAX = 20;
/** Node.js takes 16 KiB of address and headers together. */
const URL_MAX = 8_000;

/**
 * The desk's procedures as typed functions; calls made in one turn of the event loop share an HTTP request.
 * Calls reject with a {@link GuichetError} when the desk refuses or fails, with another Error when it gives no answer.
 */
export function createGuichetClient({ url, token, requestId, fetch }: GuichetClientOptions): GuichetClient {
  const headers = async () => {
    const bearer = typeof token === 'function' ? await token() : token;
    return {
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      ...(requestId ? { 'x-request-id': requestId() } : {}),
    };
  };
  const endpoint = `${String(url).replace(/\/+$/, '')}/trpc`;
  const batches = { url: endpoint, headers, maxItems: BATCH_MAX, maxURLLength: URL_MAX };
  return createTRPCClient<GuichetRouter>({ links: [httpBatchLink(fetch ? { ...batches, fetch } : batches)] });
}

/** What the desk refused or failed to do. `data.request_id` is what to quote to ops. */
export interface GuichetError extends Error {
  readonly data: ErrorData;
}

/** Tells an answer of the desk from a failure on the way to it. */
export function isGuichetError(error: unknown): error is GuichetError {
  return error instanceof TRPCClientError && typeof error.data?.code === 'string';
}
