import { ERRORS } from '../server/errors.rules.ts';
import { INCIDENT_CATEGORIES, INCIDENT_PRIORITIES } from '../server/incidents/incidents.rules.ts';
import type { PageRoute } from '../server/page-routes.ts';
import { PRIVACY_KINDS } from '../server/privacy/privacy.rules.ts';
import { LIMITS } from '../server/rate-limit/limits.ts';
import { appRouter } from '../server/trpc/router.ts';
import { ROUTES } from './values.ts';

/** The closed sets that labels come from. */
function closedSets(pages: readonly PageRoute[]): Record<string, ReadonlySet<string>> {
  const documents = [
    '/openapi.json',
    '/docs',
    ...['start.js', 'swagger-ui.css', 'swagger-ui-bundle.js'].map((file) => `/docs/${file}`),
  ];
  const routes = [
    ...['/*', '/trpc/*', '/v1/*', '/trpc/{batch}'],
    ...Object.keys(appRouter._def.procedures).map((name) => `/trpc/${name}`),
    ...[...ROUTES.map(({ path }) => path), ...documents].map((path) => `/v1${path}`),
    ...pages.map(({ template }) => template),
  ];
  const statuses = [
    200,
    201,
    202,
    204,
    206,
    207,
    416,
    301,
    302,
    303,
    304,
    ...Object.values(ERRORS).map(({ status }) => status),
  ];
  return {
    method: new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', '_OTHER']),
    route: new Set(routes),
    status: new Set(statuses.map(String)),
    policy: new Set(Object.keys(LIMITS)),
    category: new Set(INCIDENT_CATEGORIES),
    priority: new Set(INCIDENT_PRIORITIES),
    kind: new Set(PRIVACY_KINDS),
  };
}

/** The series of a scrape, each with its labels. */
export function seriesIn(metrics: string): { name: string; labels: [string, string][] }[] {
  return metrics.split('\n').flatMap((line) => {
    const [, name, labels = ''] = /^(\w+)(?:\{(.*)\})? \S+/.exec(line) ?? [];
    if (!name) return [];
    return [
      {
        name,
        labels: [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', value = '']) => [label, value]),
      },
    ];
  });
}

/** What Node and the collector tell of themselves. */
const NOT_OURS = /^(v8js|nodejs|process)_|^target_info$|^otel_/;

/** Labels of a scrape whose values are of no closed set, nor were there before anything was asked. */
export function openLabels(metrics: string, before: string, pages: readonly PageRoute[]): string[] {
  const sets = closedSets(pages);
  const there = new Set(seriesIn(before).flatMap(({ labels }) => labels.map((label) => label.join('='))));
  const ours = seriesIn(metrics).filter(({ name }) => !NOT_OURS.test(name));
  const open = ours.flatMap(({ name, labels }) =>
    labels
      .filter(([label, value]) => !(sets[label]?.has(value) ?? there.has(`${label}=${value}`)))
      .map(([label, value]) => `${name.replace(/_(bucket|sum|count)$/, '')} has ${label}="${value}"`),
  );
  return [...new Set(open)];
}
