import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { ERROR_MESSAGES, type ErrorCode } from './errors.rules.ts';
import { requestIdFrom } from './request-context.ts';
import { API_HEADERS, everyAnswerHeaders } from './security-headers.ts';
import { logError } from './telemetry/logger.ts';

/** How long a caller may take, in ms: for the head of a request, for all of it, and until the next on its connection. */
export const SLOWEST = { headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 65_000 };

/** Connections at once: each idle one holds some 30 kB. What is over it is turned away by the system. */
const CONNECTIONS = 4_096;
const LOOK_MS = 5_000;

/** What Node says of a request that it could not read, and what is answered. */
const UNREADABLE: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

type Options = {
  publicUrl: string | undefined;
  /** Stands before the chain. */
  before(request: IncomingMessage, response: ServerResponse, next: () => void): void;
  limits?: Partial<typeof SLOWEST>;
  /** How often connections are held to their limits, in ms. */
  lookEvery?: number;
};

/**
 * The HTTP server of the desk: `fetch` answers, after `before`. What never becomes a request for it (a broken head, a
 * target or a Host that is none, CONNECT) is answered here, in the shape of every failure.
 */
export function deskServer(
  fetch: Parameters<typeof getRequestListener>[0],
  { publicUrl, before, limits = {}, lookEvery = LOOK_MS }: Options,
): Server {
  const headers = { ...API_HEADERS, ...everyAnswerHeaders(publicUrl), 'content-type': 'application/json' };
  const answer = getRequestListener(fetch, {
    errorHandler(error) {
      const broken = !(error instanceof Error && error.name === 'RequestError');
      if (broken) logError(error, 'A request failed outside of the chain');
      const { body, requestId } = failureBody(broken ? 'internal_error' : 'validation_failed');
      return new Response(body, { status: broken ? 500 : 400, headers: { ...headers, 'x-request-id': requestId } });
    },
  });
  const server = createServer(
    { ...SLOWEST, requireHostHeader: false, connectionsCheckingInterval: lookEvery, ...limits },
    (request, response) => {
      before(request, response, () => void answer(request, response));
    },
  );
  server.maxConnections = CONNECTIONS;
  // An expectation that nobody knows is no reason to refuse (RFC 9110, section 10.1.1: "MAY").
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('connect', (_request, socket) => refuse(socket, 405, 'method_not_allowed', { ...headers, allow: 'GET' }));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else refuse(socket, UNREADABLE[error.code ?? ''] ?? 400, 'validation_failed', headers);
  });
  return server;
}

function failureBody(code: ErrorCode): { body: string; requestId: string } {
  const requestId = requestIdFrom(null);
  const issues = [{ path: '', message: 'is not a request that can be read' }];
  const details = code === 'validation_failed' ? { issues } : {};
  return {
    body: JSON.stringify({ error: { code, message: ERROR_MESSAGES[code], details, request_id: requestId } }),
    requestId,
  };
}

function refuse(socket: Duplex, status: number, code: ErrorCode, headers: Record<string, string>): void {
  const { body, requestId } = failureBody(code);
  const all = { ...headers, 'x-request-id': requestId, 'content-length': String(body.length), connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
}
