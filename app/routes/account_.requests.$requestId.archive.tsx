import type { LoaderFunctionArgs } from '@remix-run/node';

/** The archive of one of the customer's own requests, as a download. */
export function loader({ context, params }: LoaderFunctionArgs) {
  return context.openArchive(params.requestId ?? '');
}
