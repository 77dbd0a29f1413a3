import * as fc from 'fast-check';
import { restRoutes } from '../server/trpc/rest.ts';
import { appRouter } from '../server/trpc/router.ts';
import type { Input } from './input.ts';
import { oddHeaders, oddJson, oddJsonText, oddSegment, oddText } from './odd.ts';
import { queryOf, textBody } from './rest.ts';
import { fieldsOf, ROUTES, type Schema } from './values.ts';

type Procedure = { name: string; type: string; input: Record<string, Schema> };

/** Every procedure, with the fields that its REST route takes. */
const PROCEDURES: readonly Procedure[] = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>,
).map(([name, { _def }]) => {
  const rest = restRoutes().find(({ procedure }) => procedure === name);
  const route = ROUTES.find(({ method, path }) => method === rest?.method && path === rest.path);
  const inPath = [...(route?.path.matchAll(/\{(\w+)\}/g) ?? [])].map(([, field = '']) => [
    field,
    { type: 'string', format: 'uuid', isRequired: true },
  ]);
  return { name, type: _def.type, input: { ...route?.query, ...route?.body, ...Object.fromEntries(inPath) } };
});
const ODD_NAMES = [
  '',
  'nothing',
  'me',
  'me.get.get',
  '__proto__',
  'constructor',
  'auth',
  'me.get/',
  '_def',
  'me.get.then',
  '.',
  'createCaller',
];

function inputText({ input }: Procedure): fc.Arbitrary<string> {
  const fields = fieldsOf(input);
  // As superjson and its kin would write it.
  const superjson = fc.tuple(fields, oddJson).map(([json, meta]) => ({ json, meta: { values: meta } }));
  return fc.oneof(
    { arbitrary: fields.map((value) => JSON.stringify(value)), weight: 6 },
    { arbitrary: superjson.map((value) => JSON.stringify(value)), weight: 1 },
    { arbitrary: oddJson.map((value) => JSON.stringify(value)), weight: 1 },
    { arbitrary: oddJsonText.map((text) => text.slice(0, 8000)), weight: 1 },
  );
}

type Wanted = Pick<Input, 'method' | 'target' | 'body'>;

function single(one: Procedure): fc.Arbitrary<Wanted> {
  const name = fc.oneof(
    { arbitrary: fc.constant(one.name), weight: 12 },
    { arbitrary: fc.oneof(fc.constantFrom(...ODD_NAMES), oddSegment), weight: 1 },
  );
  const method = fc.oneof(
    { arbitrary: fc.constant(one.type === 'query' ? 'GET' : 'POST'), weight: 10 },
    { arbitrary: fc.constantFrom('GET', 'POST', 'HEAD', 'PUT', 'OPTIONS', 'DELETE'), weight: 1 },
  );
  return fc
    .tuple(name, method, inputText(one), more())
    .map(([path, verb, input, query]) => asked(verb, path, input, query));
}

function batch(): fc.Arbitrary<Wanted> {
  const call = fc.oneof(...PROCEDURES.map((one) => fc.tuple(fc.constant(one.name), inputText(one))));
  const calls = fc.array(call, { minLength: 1, maxLength: 21 });
  const comma = fc.constantFrom(',', ',', '%2C', '%2c', '%252C', ',,');
  const method = fc.constantFrom('GET', 'POST', 'GET', 'POST', 'HEAD');
  const inputs = fc.oneof({ arbitrary: fc.constant(null), weight: 6 }, { arbitrary: oddJsonText, weight: 1 });
  return fc.tuple(calls, comma, method, inputs, more()).map(([called, between, verb, odd, query]) => {
    const map = `{${called.map(([, input], place) => `"${place}":${input.length < 500 ? input : '{}'}`).join(',')}}`;
    return asked(verb, called.map(([name]) => name).join(between), (odd ?? map).slice(0, 6000), `&batch=1${query}`);
  });
}

/** What tRPC reads besides: a query that it knows, or any. */
function more(): fc.Arbitrary<string> {
  const known = fc.constantFrom(
    '&batch=0',
    '&batch=1&batch=1',
    '&connectionParams=1',
    '&connectionParams=%7B%7D',
    '&connectionParams=%5B1%5D',
    '&connectionParams=null',
    '&lastEventId=1',
    '&Last-Event-Id=',
    '&input=',
    '&input=1&input=2',
    '&type=mutation',
  );
  return fc.oneof(
    { arbitrary: fc.constant(''), weight: 8 },
    { arbitrary: known, weight: 2 },
    { arbitrary: queryOf([]).map((query) => query.replace('?', '&')), weight: 1 },
  );
}

function asked(method: string, path: string, input: string, query: string): Wanted {
  const byBody = method === 'POST' || method === 'PUT';
  const written = byBody ? '' : `input=${encodeURIComponent(input.toWellFormed())}`;
  return { method, target: `/trpc/${path}?${written}${query}`, body: byBody ? Buffer.from(input) : null };
}

export function trpcInput(): fc.Arbitrary<Omit<Input, 'who' | 'damage'>> {
  const host = ['Host', 'desk.example'] as const;
  const json = ['Content-Type', 'application/json'] as const;
  return fc
    .record({
      wanted: fc.oneof(
        { arbitrary: fc.oneof(...PROCEDURES.map(single)), weight: 3 },
        { arbitrary: batch(), weight: 2 },
      ),
      headers: fc.oneof(
        { arbitrary: fc.constant([host, json]), weight: 8 },
        { arbitrary: oddHeaders.map((odd) => [host, json, ...odd]), weight: 1 },
        { arbitrary: oddHeaders.map((odd) => [host, ...odd]), weight: 2 },
        {
          arbitrary: fc
            .constantFrom('application/json', 'application/jsonl')
            .map((accept) => [host, json, ['Trpc-Accept', accept] as const]),
          weight: 1,
        },
      ),
      body: fc.oneof({ arbitrary: fc.constant(null), weight: 9 }, { arbitrary: textBody, weight: 1 }),
      framing: fc.constantFrom('length' as const, 'length' as const, 'length' as const, 'chunked' as const),
      text: oddText,
    })
    .map(({ wanted, headers, body, framing }) => ({
      kind: 'trpc' as const,
      ...wanted,
      headers,
      framing,
      body: wanted.body && (body ?? wanted.body),
    }));
}
