import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { Outlet, useRouteError } from '@remix-run/react';
import { ErrorPage } from '../components/ui/error-page.tsx';
import { DeskFrame } from '../components/ui/frame/desk-frame.tsx';

/** Nobody goes to the sign-in page and comes back here. */
export function loader({ request, context }: LoaderFunctionArgs) {
  const { pathname, search } = new URL(request.url);
  if (!context.actor) throw redirect(`/login?next=${encodeURIComponent(pathname + search)}`);
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
