import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from './testing/desk.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

const TRACE = '0af7651916cd43dd8448eb211c80319c';

async function traceOf(headers: Record<string, string>): Promise<string> {
  const { trace_id } = (await (await desk.fetch('/', { headers })).json()) as { trace_id: string };
  return trace_id;
}

test("a request goes on with its caller's trace, and has one of its own without", async () => {
  expect(await traceOf({ traceparent: `00-${TRACE}-b7ad6b7169203331-01` })).toBe(TRACE);
  const own = [await traceOf({}), await traceOf({ traceparent: 'nonsense' })];
  for (const trace of own) expect(trace).toMatch(/^[0-9a-f]{32}$/);
  expect(own[0]).not.toBe(own[1]);
});
