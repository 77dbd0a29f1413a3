import type { ServerBuild } from '@remix-run/node';
import { expect, test } from 'vitest';
import { pageFinder } from './page-routes.ts';

type Route = NonNullable<ServerBuild['routes'][string]>;

const action = () => null;
const route = (id: string, parentId: string | undefined, path: string | undefined, module: object = {}) =>
  [id, { id, parentId, path, module: { default: undefined, ...module } } as Route] as const;

const find = pageFinder(
  Object.fromEntries([
    route('root', undefined, ''),
    route('routes/_desk', 'root', undefined),
    route('queue', 'routes/_desk', undefined, { action }),
    route('list', 'routes/_desk', 'incidents'),
    route('one', 'routes/_desk', 'incidents/:incidentId', { action }),
    route('new', 'routes/_desk', 'incidents/new', { action }),
    route('sign-in', 'root', 'login', { action }),
    route('nothing', 'root', '*'),
  ]),
);

const readable = ['GET', 'HEAD'];

test.each([
  ['/', '/', [...readable, 'POST']],
  ['/_root.data', '/', [...readable, 'POST']],
  ['/incidents', '/incidents', readable],
  ['/incidents/', '/incidents', readable],
  ['/incidents.data', '/incidents', readable],
  ['/incidents/new', '/incidents/new', [...readable, 'POST']],
  ['/incidents/new.data', '/incidents/new', [...readable, 'POST']],
  ['/incidents/0190', '/incidents/:incidentId', [...readable, 'POST']],
  ['/incidents/0190/more', '/*', []],
  ['/login', '/login', [...readable, 'POST']],
  ['/nope', '/*', []],
  ['/healthz', '/*', []],
])('%s', (path, template, methods) => {
  const inDesk = template !== '/*' && template !== '/login';
  expect(find(path)).toEqual({ template, methods, inDesk });
});
