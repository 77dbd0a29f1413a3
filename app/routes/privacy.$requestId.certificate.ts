import type { LoaderFunctionArgs } from '@remix-run/node';
import { refusal } from '../components/ui/refusal.ts';

/** The certificate of a request as a JSON file; not found while there is none. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const request = await context.trpc.privacy.get({ id: params.requestId ?? '' });
  if (!request.certificate) return refusal('route_not_found', context.requestId);
  return new Response(`${JSON.stringify(request.certificate, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="certificate-${request.id}.json"`,
      'cache-control': 'no-store',
    },
  });
}
