import { ERRORS, type ErrorCode } from '../server/errors.rules.ts';
import type { Answer, Received } from './connection.ts';
import type { Input } from './input.ts';

/** What an answer has of our inside, and none should. */
const INSIDE = /node_modules|\bat \S+ \(\S+:\d+:\d+\)|file:\/\/\/|\.tsx?:\d+:\d+|select .+ from app_user/;

/** What never became a request for the desk has a status of its own, beside one code. */
const UNREAD = [408, 431];

/** What is wrong with what came back, a line each. */
export function faultsOf(input: Input, { hung, ms }: Received, answer: Answer | undefined, whole: boolean): string[] {
  if (hung) return [`no end after ${Math.round(ms)} ms`];
  if (!answer) return whole ? ['no answer'] : [];
  const { status, headers, body } = answer;
  const text = body.toString('utf8');
  const faults = status >= 500 || status < 200 ? [`status ${status}`] : [];
  if (!headers.has('x-request-id')) faults.push('an answer without x-request-id');
  if (headers.get('x-content-type-options') !== 'nosniff') faults.push('an answer without nosniff');
  if (INSIDE.test(text)) faults.push(`tells of its inside: ${INSIDE.exec(text)?.[0]}`);
  const location = headers.get('location');
  if (location && !/^\/(?![/\\])/.test(location)) faults.push('leads to another place');
  if (input.method !== 'HEAD' && whole) faults.push(...shapeFaults(input, answer, text));
  return faults;
}

function shapeFaults({ target }: Input, { status, headers }: Answer, text: string): string[] {
  const requestId = headers.get('x-request-id') ?? '';
  const pathname = URL.parse(`http://desk.example${target}`)?.pathname ?? target;
  // What never became a request was answered by no chain.
  if (UNREAD.includes(status)) return errorFaults(jsonIn(text)?.error, status, requestId);
  if (pathname.startsWith('/trpc/')) return status < 400 && status !== 207 ? [] : trpcFaults(status, text, requestId);
  if (status < 400) return [];
  const type = headers.get('content-type') ?? '';
  if (pathname.startsWith('/v1/')) return errorFaults(jsonIn(text)?.error, status, requestId);
  if (type.startsWith('application/json')) return errorFaults(jsonIn(text)?.error, status, requestId);
  // A form that is shown again has said what is wrong in its own place; Remix's own answers are for its script.
  return type.startsWith('text/html') || type.startsWith('text/x-script') ? [] : [`a failure of type ${type}`];
}

type Json = { [name: string]: Json } | null | undefined;

function jsonIn(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function trpcFaults(status: number, text: string, requestId: string): string[] {
  const answer = jsonIn(text) as unknown;
  if (answer === null) return ['is no JSON'];
  return (Array.isArray(answer) ? answer : [answer]).flatMap(
    ({ error }: { error?: { data: Record<string, unknown> } }) => {
      if (!error) return [];
      const { data } = error;
      const faults = Number(data?.httpStatus) >= 500 ? [`a call with status ${data?.httpStatus}`] : [];
      if (!isCode(data?.code)) faults.push(`the code ${data?.code}`);
      if (data?.request_id !== requestId) faults.push(`the request_id ${data?.request_id} beside ${requestId}`);
      if (status !== 207 && data?.httpStatus !== status)
        faults.push(`a call with status ${data?.httpStatus} in an answer with ${status}`);
      return faults;
    },
  );
}

function errorFaults(error: Json, status: number, requestId: string): string[] {
  if (!error) return ['a failure without error'];
  const code: unknown = error.code;
  const faults =
    isCode(code) && (ERRORS[code].status === status || UNREAD.includes(status))
      ? []
      : [`the code ${code} with status ${status}`];
  if ((error.request_id as unknown) !== requestId)
    faults.push(`the request_id ${error.request_id} beside ${requestId}`);
  if (typeof error.message !== 'string' || typeof error.details !== 'object')
    faults.push('an error without message or details');
  return faults;
}

function isCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERRORS, code);
}
