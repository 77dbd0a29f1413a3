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
    route('frame', 'root', undefined),
    route('queue', 'frame', undefined, { action }),
    route('list', 'frame', 'incidents'),
    route('one', 'frame', 'incidents/:incidentId', { action }),
    route('new', 'frame', 'incidents/new', { action }),
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
  ['/nope', '/*', []],
  ['/healthz', '/*', []],
])('%s', (path, template, methods) => {
  expect(find(path)).toEqual({ template, methods });
});
