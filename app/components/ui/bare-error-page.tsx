import { useRouteError } from '@remix-run/react';
import { BarePage } from './bare-page.tsx';
import { ErrorPage } from './error-page.tsx';

/**
 * The `ErrorBoundary` of pages outside the desk. Each needs one of its own: when an action fails, Remix loads no data
 * for the root, which then knows neither the language's switch nor the request id.
 */
export function BareErrorPage() {
  return (
    <BarePage>
      <ErrorPage error={useRouteError()} />
    </BarePage>
  );
}
