import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { AUDIT_ACTIONS } from '../server/audit/audit.rules.ts';
import { INCIDENT_CATEGORIES, INCIDENT_PRIORITIES, INCIDENT_STATUSES } from '../server/incidents/incidents.rules.ts';
import { IDENTITY_MEANS, PRIVACY_KINDS, PRIVACY_STATUSES } from '../server/privacy/privacy.rules.ts';
import { PASSWORD } from '../server/testing/people.ts';
import { openApiDocument } from '../server/trpc/openapi.ts';
import { TYPED } from './input.ts';
import { CUSTOMERS, EVERY_ID, INCIDENT_IDS, PEOPLE, REQUEST_IDS, USER_IDS } from './known.ts';
import { oddJson, oddText } from './odd.ts';

const SERVER = join(import.meta.dirname, '../server');

/** A JSON schema, as far as it is read here. */
export type Schema = {
  type?: string;
  enum?: readonly string[];
  format?: string;
  anyOf?: readonly Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  /** Told of a field by what it is a field of. */
  isRequired?: boolean;
};

type Operation = {
  parameters?: { in: string; name: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};

export type Route = {
  method: string;
  path: string;
  query: Record<string, Schema>;
  body: Record<string, Schema>;
};

/** Every route of the OpenAPI document. */
export const ROUTES: readonly Route[] = Object.entries(openApiDocument('fuzz').paths ?? {}).flatMap(
  ([path, operations]) =>
    Object.entries(operations as Record<string, Operation>).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      query: Object.fromEntries(
        parameters.flatMap(({ in: at, name, schema }) => (at === 'query' ? [[name, schema]] : [])),
      ),
      body: fieldsIn(requestBody?.content['application/json']?.schema),
    })),
);

function fieldsIn({ properties = {}, required = [] }: Schema = {}): Record<string, Schema> {
  const fields = Object.entries(properties).map(([name, schema]) => [
    name,
    { ...schema, isRequired: required.includes(name) },
  ]);
  return Object.fromEntries(fields);
}

/** Words of the desk that one field or another takes. */
const WORDS = [
  ...new Set([
    ...AUDIT_ACTIONS,
    ...ROUTES.flatMap(({ query, body }) => [...Object.values(query), ...Object.values(body)].flatMap(wordsOf)),
    ...['open', 'in_progress', 'resolved', 'closed', 'low', 'high', 'account', 'requested', 'failed', 'completed'],
    ...[
      'access',
      'erasure',
      'rectification',
      'description',
      'user',
      'incident',
      'privacy_request',
      'denied',
      'success',
    ],
  ]),
];

function wordsOf({ enum: values, anyOf, items }: Schema): string[] {
  return [...(values ?? []), ...(anyOf ?? []).flatMap(wordsOf), ...(items ? wordsOf(items) : [])];
}

const INSTANTS = [
  '2026-11-26T00:00:00Z',
  '2026-02-28T23:59:59.999+14:00',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59-12:00',
];

const WORDS_OF: Record<string, readonly string[]> = {
  action: AUDIT_ACTIONS,
  category: INCIDENT_CATEGORIES,
  include: ['description'],
  kind: PRIVACY_KINDS,
  means: IDENTITY_MEANS,
  overdue: ['true', 'false'],
  password: [PASSWORD],
  priority: INCIDENT_PRIORITIES,
  query: ['fuzz', 'Cannot', '1', 'é'],
  status: [...INCIDENT_STATUSES, ...PRIVACY_STATUSES, 'denied', 'success'],
  target_type: ['user', 'incident', 'privacy_request', 'session', 'audit'],
};

/** The names of lists in their cursors. */
const LISTS = [
  ...new Set(
    globSync('*/*.ts', { cwd: SERVER })
      .sort()
      .flatMap((file) => [...readFileSync(join(SERVER, file), 'utf8').matchAll(/\blist: '([a-z-]+)'/g)])
      .flatMap(([, name]) => name ?? []),
  ),
];
const cursor = fc
  .tuple(
    fc.constantFrom(...LISTS),
    fc.constantFrom('a', 'b'),
    fc.constantFrom(...EVERY_ID),
    fc.constantFrom(
      '',
      ...INSTANTS.map((instant) => `|${new Date(instant).toISOString()}`),
      '|9999-12-31T23:59:59.999Z',
      '|x',
    ),
  )
  .map(([list, toward, id, key]) => Buffer.from(`${list}|${toward}|${id}${key}`).toString('base64url'));

/** Texts that the field `name` may well take. */
export function rightText(name: string): fc.Arbitrary<string> {
  if (/user|customer|actor|assignee/.test(name)) return fc.constantFrom(...USER_IDS, 'me', 'none');
  if (/incident|target/.test(name)) return fc.constantFrom(...INCIDENT_IDS, ...REQUEST_IDS);
  if (/^(request_)?id$/.test(name)) return fc.constantFrom(...EVERY_ID);
  if (name === 'email') return fc.constantFrom(...PEOPLE, ...CUSTOMERS).map(({ email }) => email);
  if (/^(from|to|.*_at)$/.test(name)) return fc.constantFrom(...INSTANTS);
  if (/_on$/.test(name)) return fc.constantFrom('2026-11-25', '2026-11-26', '2028-02-29', '0001-01-01');
  if (/version|limit|number/.test(name)) return fc.constantFrom('1', '2', '3', '20', '100');
  if (/cursor/.test(name)) return cursor;
  if (/title|description|details|reason|note/.test(name)) return fc.oneof(fc.constant(`Words ${TYPED}`), oddText);
  const own = Object.hasOwn(WORDS_OF, name) ? fc.constantFrom(...(WORDS_OF[name] ?? [])) : fc.constantFrom(...WORDS);
  return fc.oneof(
    { arbitrary: own, weight: 6 },
    { arbitrary: fc.constantFrom(...WORDS), weight: 1 },
    { arbitrary: oddText, weight: 1 },
  );
}

/** Mostly what a schema takes, now and then anything. */
export function fieldValue(name: string, schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: rightValue(name, schema), weight: 6 }, { arbitrary: oddJson, weight: 1 });
}

function rightValue(name: string, schema: Schema): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => rightValue(name, one)));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'string':
      return schema.format === 'uuid' && name === 'id' ? fc.constantFrom(...EVERY_ID) : rightText(name);
    case 'integer':
    case 'number':
      return fc.constantFrom(1, 2, 3, 20, 100, 0, -1, 2_147_483_647);
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(rightValue(name, schema.items ?? {}), { maxLength: 3 });
    case 'object':
      return fieldsOf(schema.properties ?? {});
    default:
      return fc.constantFrom(null, ...WORDS);
  }
}

/** An object of these fields: some left out, some wrong, now and then one that nobody asked for. */
export function fieldsOf(schemas: Record<string, Schema>): fc.Arbitrary<Record<string, unknown>> {
  const known = fc.record(
    Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, fieldValue(name, schema)])),
    { requiredKeys: [] },
  );
  const more = fc.dictionary(fc.oneof(oddText, fc.constantFrom(...Object.keys(schemas), 'id', 'role')), oddJson, {
    maxKeys: 2,
  });
  const full = fc.record(
    Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, rightValue(name, schema)])),
    { requiredKeys: Object.keys(schemas).filter((name) => schemas[name]?.isRequired) },
  );
  return fc.oneof(
    { arbitrary: full, weight: 6 },
    { arbitrary: known, weight: 3 },
    { arbitrary: fc.tuple(known, more).map(([right, odd]) => ({ ...right, ...odd })), weight: 1 },
  );
}
