import { useRouteLoaderData } from '@remix-run/react';
import type { loader } from '../../root.tsx';

export type RootData = Awaited<ReturnType<typeof loader>>;

const NOBODY: RootData = {
  locale: 'en',
  scheme: 'auto',
  requestId: '',
  timeZone: 'UTC',
  timeZoneKnown: false,
  actor: null,
  permissions: [],
};

/** What every page knows: language, scheme, time zone, who is signed in and what they may do. */
export function useRootData(): RootData {
  return useRouteLoaderData<RootData>('root') ?? NOBODY;
}
