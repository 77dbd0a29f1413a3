import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Hono } from 'hono';
import { html } from 'hono/html';
import packageJson from '../../package.json' with { type: 'json' };
import type { HttpEnv } from '../http-env.ts';
import { staticFiles } from '../static-files.ts';
import { openApiDocument } from './openapi.ts';

const SWAGGER_UI = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
/** What the page loads of it; source maps and pages of its own stay unserved. */
const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js'];
// Swagger UI sets styles on elements and draws its icons from data URLs.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/** `/v1/openapi.json` and `/v1/docs`, a page to read the API and try it. */
export function docsApp(): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const document = openApiDocument(packageJson.version);
  app.get('/openapi.json', (http) => {
    http.get('request').route = '/v1/openapi.json';
    return http.json(document, 200, { 'cache-control': 'public, max-age=300' });
  });
  app.get('/docs', (http) => {
    http.get('request').route = '/v1/docs';
    return http.html(PAGE, 200, { 'content-security-policy': POLICY });
  });
  app.get('/docs/start.js', (http) => {
    http.get('request').route = '/v1/docs/start.js';
    return http.body(START, 200, { 'content-type': 'text/javascript' });
  });
  for (const file of FILES) {
    app.get(`/docs/${file}`, (http, next) => {
      http.get('request').route = `/v1/docs/${file}`;
      return staticFiles({ root: SWAGGER_UI, path: file })(http, next);
    });
  }
  return app;
}

const PAGE = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Guichet API</title>
    <link rel="stylesheet" href="/v1/docs/swagger-ui.css" />
  </head>
  <body>
    <main id="api"><noscript><a href="/v1/openapi.json">OpenAPI 3.1</a></noscript></main>
    <script src="/v1/docs/swagger-ui-bundle.js"></script>
    <script src="/v1/docs/start.js"></script>
  </body>
</html>`;

const START = `SwaggerUIBundle({ url: '/v1/openapi.json', dom_id: '#api', deepLinking: true });`;
