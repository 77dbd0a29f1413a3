import type { LoaderFunctionArgs } from '@remix-run/node';
import { ERROR_MESSAGES, ERRORS } from '../../server/errors.rules.ts';

/** The certificate of a request as a JSON file; not found while there is none. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const request = await context.trpc.privacy.get({ id: params.requestId ?? '' });
  if (!request.certificate) {
    const code = 'route_not_found';
    const error = { code, message: ERROR_MESSAGES[code], details: {}, request_id: context.requestId };
    return Response.json({ error }, { status: ERRORS[code].status });
  }
  return new Response(`${JSON.stringify(request.certificate, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="certificate-${request.id}.json"`,
      'cache-control': 'no-store',
    },
  });
}
