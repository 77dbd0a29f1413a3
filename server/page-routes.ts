import type { ServerBuild } from '@remix-run/node';

/** What is known of the address of a page before any of its code runs. */
export type PageRoute = {
  /** Its template (`/incidents/:incidentId`), for logs and metrics: paths themselves hold ids. */
  template: string;
  /** The methods that it takes. */
  methods: readonly string[];
  /** Whether it stands in the desk's frame, where customers have nothing to do. */
  inDesk: boolean;
};

export type FindPage = (path: string) => PageRoute;

/** The route of the frame around the pages of the desk. */
const DESK_FRAME = 'routes/_desk';

/** One for all unknown paths, so that nobody can make up labels; there is a page to say that nothing is there. */
const NOTHING: PageRoute = { template: '/*', methods: [], inDesk: false };

/** Every page of a build. */
export function pagesOf(routes: ServerBuild['routes']): PageRoute[] {
  const pages = new Map<string, PageRoute>();
  const withAction = new Set(
    Object.values(routes).flatMap((route) => (route?.module.action ? [templateOf(routes, route.id)] : [])),
  );
  for (const route of Object.values(routes)) {
    const template = templateOf(routes, route?.id);
    const methods = ['GET', 'HEAD', ...(withAction.has(template) ? ['POST'] : [])];
    const inDesk = (pages.get(template)?.inDesk ?? false) || isIn(DESK_FRAME, routes, route?.id);
    if (!template.includes('*')) pages.set(template, { template, methods, inDesk });
  }
  return [...pages.values()];
}

export function pageFinder(routes: ServerBuild['routes']): FindPage {
  const patterns = pagesOf(routes)
    .sort((a, b) => a.template.split(':').length - b.template.split(':').length)
    .map((page) => ({ page, pattern: new RegExp(`^${page.template.replaceAll(/:\w+/g, '[^/]+')}/?$`) }));
  return (path) => {
    const address = path.replace(/^\/_root\.data$/, '/').replace(/\.data$/, '');
    return patterns.find(({ pattern }) => pattern.test(address))?.page ?? NOTHING;
  };
}

function isIn(frame: string, routes: ServerBuild['routes'], id: string | undefined): boolean {
  const route = id ? routes[id] : undefined;
  return route !== undefined && (route.id === frame || isIn(frame, routes, route.parentId));
}

function templateOf(routes: ServerBuild['routes'], id: string | undefined): string {
  const parts: string[] = [];
  for (let route = id ? routes[id] : undefined; route; route = route.parentId ? routes[route.parentId] : undefined) {
    if (route.path) parts.unshift(route.path);
  }
  return `/${parts.join('/')}`;
}
