import { expect } from 'vitest';

/** Asserts that an answer of REST is this error, in its whole shape; returns it. */
export async function expectError(response: Response, status: number, code: string): Promise<Record<string, unknown>> {
  const { error } = (await response.json()) as { error: Record<string, unknown> };
  expect({ status: response.status, code: error.code }).toEqual({ status, code });
  expect(error.request_id).toBe(response.headers.get('x-request-id'));
  expect(Object.keys(error).sort()).toEqual(['code', 'details', 'message', 'request_id']);
  return error;
}
