import { Hono } from 'hono';
import type { Desk } from '../desk.ts';
import { AppError } from '../errors.ts';
import { toAppError } from '../failure.ts';
import type { HttpEnv } from '../http-env.ts';
import { assertRecentlyAuthenticated } from '../identity/reauthentication.ts';
import type { RequestContext } from '../request-context.ts';
import { t } from '../trpc/init.ts';
import { auditedQuery, query } from '../trpc/procedures.ts';
import type { Work } from '../work.ts';
import { type Archive, archiveStream, findArchive } from './archive.store.ts';
import { isOwnCompletedRequest } from './privacy.read.ts';
import { privacyGetInput } from './privacy.schema.ts';

export const ARCHIVE_PATH = '/privacy/requests/:id/archive';

/** @throws AppError privacy_request_not_found (somebody else's too), archive_expired */
async function lastingArchive(work: Work, id: string): Promise<Archive> {
  const archive = (await isOwnCompletedRequest(work, id)) && (await findArchive(work.em, id));
  if (!archive) throw new AppError('privacy_request_not_found');
  if (archive.removed || archive.expires_at <= work.now) throw new AppError('archive_expired');
  return archive;
}

/** On the ladder like every procedure, but in no router that the outside calls: its answer is bytes. */
const router = t.router({
  download: auditedQuery('privacy:own', { action: 'privacy_archive_download', target: 'privacy_request' }, undefined)
    .input(privacyGetInput)
    .query(async ({ ctx, input }) => {
      const archive = await lastingArchive(ctx.work, input.id);
      assertRecentlyAuthenticated(ctx.work);
      return archive;
    }),

  /** What a HEAD asks for (RFC 9110, section 9.3.2), which reads nothing of the archive. */
  describe: query('privacy:own', undefined)
    .input(privacyGetInput)
    .query(({ ctx, input }) => lastingArchive(ctx.work, input.id)),
});

const createCaller = t.createCallerFactory(router);

/**
 * The archive of one of the caller's own requests, as it is read: a ZIP, with its length and digest (RFC 9530).
 * @param method that of the request: HEAD is given the headers alone
 * @throws AppError unauthenticated, rate_limited, archive_expired, reauthentication_required but for HEAD; privacy_request_not_found for somebody else's too
 */
export async function openArchive(desk: Desk, request: RequestContext, id: string, method: string): Promise<Response> {
  const caller = createCaller({ desk, request });
  const archive = await (method === 'HEAD' ? caller.describe({ id }) : caller.download({ id })).catch(
    (error: unknown) => {
      throw toAppError(error);
    },
  );
  const body = method === 'HEAD' ? null : archiveStream(desk.orm.em.fork(), id, archive.size_bytes);
  return new Response(body, {
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
    return openArchive(desk, request, http.req.param('id'), http.req.method);
  });
  return app;
}
