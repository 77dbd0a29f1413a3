import { Hono } from 'hono';
import type { Desk } from '../desk.ts';
import { AppError } from '../errors.ts';
import { toAppError } from '../failure.ts';
import type { HttpEnv } from '../http-env.ts';
import type { RequestContext } from '../request-context.ts';
import { t } from '../trpc/init.ts';
import { auditedQuery } from '../trpc/procedures.ts';
import { archiveStream, findArchive } from './archive.store.ts';
import { isOwnCompletedRequest } from './privacy.read.ts';
import { privacyGetInput } from './privacy.schema.ts';

export const ARCHIVE_PATH = '/privacy/requests/:id/archive';

/** On the ladder like every procedure, but in no router that the outside calls: its answer is bytes. */
const router = t.router({
  archive: auditedQuery('privacy:own', { action: 'privacy_archive_download', target: 'privacy_request' }, undefined)
    .input(privacyGetInput)
    .query(async ({ ctx: { work }, input }) => {
      if (!(await isOwnCompletedRequest(work, input.id))) throw new AppError('privacy_request_not_found');
      work.audit.subjectUserId = work.actor.id;
      const archive = await findArchive(work.em, input.id);
      if (!archive) throw new AppError('privacy_request_not_found');
      if (archive.removed || archive.expires_at <= work.now) throw new AppError('archive_expired');
      return archive;
    }),
});

const createCaller = t.createCallerFactory(router);

/**
 * The archive of one of the caller's own requests, as it is read: a ZIP, with its length and digest (RFC 9530).
 * @throws AppError unauthenticated, rate_limited, archive_expired; privacy_request_not_found for somebody else's too
 */
export async function openArchive(desk: Desk, request: RequestContext, id: string): Promise<Response> {
  const archive = await createCaller({ desk, request })
    .archive({ id })
    .catch((error: unknown) => {
      throw toAppError(error);
    });
  return new Response(archiveStream(desk.orm.em.fork(), id, archive.size_bytes), {
    headers: {
      'content-type': 'application/zip',
      'content-length': String(archive.size_bytes),
      'content-disposition': `attachment; filename="personal-data-${id}.zip"`,
      'repr-digest': `sha-256=:${Buffer.from(archive.sha256, 'hex').toString('base64')}:`,
      'cache-control': 'private, no-store',
    },
  });
}

/** `GET /v1/privacy/requests/{id}/archive`: the one answer of `/v1` that is not JSON. */
export function archiveApp(desk: Desk): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get(ARCHIVE_PATH, (http) => {
    const request = http.get('request');
    request.route = '/v1/privacy/requests/{id}/archive';
    return openArchive(desk, request, http.req.param('id'));
  });
  return app;
}
