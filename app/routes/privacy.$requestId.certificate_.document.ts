import type { LoaderFunctionArgs } from '@remix-run/node';
import { certificateDocument } from '../components/privacy/certificate-document.ts';
import { refusal } from '../components/ui/refusal.ts';

/** The certificate of an erasure as a document to print and hand over; not found while there is none. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const request = await context.trpc.privacy.get({ id: params.requestId ?? '' });
  const address = `/privacy/${request.id}/certificate`;
  const page = request.certificate && certificateDocument(request.certificate, address, context.cspNonce);
  if (!page) return refusal('route_not_found', context.requestId);
  return new Response(String(page), {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });
}
