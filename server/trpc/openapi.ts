import { generateOpenApiDocument, type OpenAPIObject } from 'trpc-to-openapi';
import { ERRORS } from '../errors.rules.ts';
import { appRouter } from './router.ts';

type Schema = Record<string, unknown>;
type Operation = { responses?: Record<string, { description?: string; content?: Record<string, { schema: Schema }> }> };

/** OpenAPI 3.1 of `/v1`, from the router's own metadata and schemas, in the envelope that REST answers carry. */
export function openApiDocument(version: string): OpenAPIObject {
  const document = generateOpenApiDocument(appRouter, {
    title: 'Guichet',
    description: 'The support desk. Every answer carries `x-request-id`; quote it when something goes wrong.',
    version,
    openApiVersion: '3.1.0',
    baseUrl: '/v1',
    tags: ['auth', 'me', 'users', 'incidents', 'privacy', 'audit', 'ops'],
    securitySchemes: { Authorization: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
  });
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(path as Record<string, Operation>)) dress(operation);
  }
  return {
    ...document,
    paths: { ...document.paths, '/privacy/requests/{id}/archive': ARCHIVE },
    components: { ...document.components, schemas: { ...document.components?.schemas, Error: ERROR } },
  } as OpenAPIObject;
}

const REQUEST_ID: Schema = { type: 'string', description: 'the same as the x-request-id header' };

const ERROR: Schema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'details', 'request_id'],
      properties: {
        code: { type: 'string', enum: Object.keys(ERRORS) },
        message: { type: 'string' },
        details: { type: 'object' },
        request_id: REQUEST_ID,
      },
    },
  },
};

/** The one answer that is no JSON, and no procedure's. */
const ARCHIVE = {
  get: {
    operationId: 'privacy-own-archive',
    summary: 'The export of one of my access requests, while it lasts',
    tags: ['privacy'],
    security: [{ Authorization: [] }],
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
    responses: {
      200: { description: 'A ZIP of JSON files and a page to read', content: { 'application/zip': {} } },
      ...Object.fromEntries(
        [401, 403, 404, 410].map((status) => [
          status,
          { description: 'Error', content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        ]),
      ),
    },
  },
};

function dress(operation: Operation): void {
  for (const [status, response] of Object.entries(operation.responses ?? {})) {
    const json = response.content?.['application/json'];
    if (!json) continue;
    json.schema = status.startsWith('2') ? enveloped(json.schema) : { $ref: '#/components/schemas/Error' };
  }
}

function enveloped(schema: Schema): Schema {
  const properties = (schema.properties ?? {}) as Record<string, Schema>;
  const isList = 'items' in properties && 'next_cursor' in properties;
  const { items, ...page } = properties;
  return {
    type: 'object',
    required: ['data', 'meta'],
    properties: {
      data: isList ? items : schema,
      meta: {
        type: 'object',
        required: ['request_id', ...(isList ? Object.keys(page) : [])],
        properties: { request_id: REQUEST_ID, ...(isList ? page : {}) },
      },
    },
  };
}
