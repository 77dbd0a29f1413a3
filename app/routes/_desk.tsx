import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { Outlet, useRouteError } from '@remix-run/react';
import { isAgent } from '../../server/identity/roles.rules.ts';
import { ErrorPage } from '../components/ui/error-page.tsx';
import { DeskFrame } from '../components/ui/frame/desk-frame.tsx';

/** Nobody goes to the sign-in page and comes back here; a customer is refused every page but the first. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = context;
  const { pathname, search } = new URL(request.url);
  if (!actor) throw redirect(`/login?next=${encodeURIComponent(pathname + search)}`);
  if (!isAgent(actor.role)) throw pathname === '/' ? redirect('/account') : await context.refusePage();
  return null;
}

export default function Desk() {
  return (
    <DeskFrame>
      <Outlet />
    </DeskFrame>
  );
}

export function ErrorBoundary() {
  return (
    <DeskFrame>
      <ErrorPage error={useRouteError()} />
    </DeskFrame>
  );
}
