import type { ServerBuild } from '@remix-run/node';

/**
 * Tells the template of a page's path (`/incidents/:incidentId`), for logs and metrics: paths themselves hold ids.
 * Unknown paths are one template, so that nobody can make up labels.
 */
export function pageRouteFinder(routes: ServerBuild['routes']): (path: string) => string {
  const templates = Object.values(routes)
    .map((route) => templateOf(routes, route?.id))
    .filter((template) => !template.includes('*'))
    .sort((a, b) => a.split(':').length - b.split(':').length);
  const patterns = [...new Set(templates)].map((template) => ({
    template,
    pattern: new RegExp(`^${template.replaceAll(/:\w+/g, '[^/]+')}/?$`),
  }));
  return (path) => {
    const page = path.replace(/^\/_root\.data$/, '/').replace(/\.data$/, '');
    return patterns.find(({ pattern }) => pattern.test(page))?.template ?? '/*';
  };
}

function templateOf(routes: ServerBuild['routes'], id: string | undefined): string {
  const parts: string[] = [];
  for (let route = id ? routes[id] : undefined; route; route = route.parentId ? routes[route.parentId] : undefined) {
    if (route.path) parts.unshift(route.path);
  }
  return `/${parts.join('/')}`;
}
