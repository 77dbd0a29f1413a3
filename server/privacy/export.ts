import { type Attempt, assertGoingOn, type JobDesk } from '../jobs/job.ts';
import { enqueueArchiveExpiry } from '../jobs/queue.ts';
import { ARCHIVE_KEPT_MS } from './archive.keep.ts';
import { findArchive, forgetArchive, prolongArchive } from './archive.store.ts';
import { sealed } from './canonical-json.ts';
import { makeArchiveInThread } from './export.thread.ts';
import { PrivacyObstacle } from './obstacle.ts';
import { moveByDesk, type Processing, progressTeller } from './processing.ts';

/** Time that clocks of instances and database may differ. */
const CLOCK_MARGIN_MS = 60_000;

/** How long the copy of an attempt that got no further answers the next one, in ms: what is held changes meanwhile. */
const REUSED_MS = 60 * 60 * 1000;

/**
 * Answers an access request (GDPR Art. 15, 20): a ZIP of all that the register shows of the person, as JSON and as a
 * page to read, kept for download. First the archive is kept, then the request completed; each once.
 * @throws PrivacyObstacle when the account was erased meanwhile
 */
export async function exportPersonalData(desk: JobDesk, processing: Processing, attempt: Attempt): Promise<void> {
  assertGoingOn(attempt);
  const em = desk.orm.em.fork();
  const before = await findArchive(em, processing.id);
  if (!before || before.removed || before.created_at.getTime() < Date.now() - REUSED_MS) {
    await forgetArchive(em, processing.id);
    await makeArchiveInThread(desk, processing, attempt, progressTeller(desk, processing, 'export'));
  }
  attempt.at('kept');
  await desk.orm.em.fork().transactional(async (em) => {
    const expires = new Date(Date.now() + ARCHIVE_KEPT_MS);
    const archive = await prolongArchive(em, processing.id, expires);
    if (!archive) throw new PrivacyObstacle('account_erased');
    const certificate = sealed(
      {
        kind: 'access',
        privacy_request_id: processing.id,
        user_id: processing.userId,
        request_id: processing.requestId,
        completed_at: new Date().toISOString(),
        archive: { ...archive, expires_at: expires.toISOString() },
      },
      desk.sealKey,
    );
    const moved = await moveByDesk(
      em,
      processing,
      'privacy_request_complete',
      { certificate: certificate.sha256 },
      (request) => {
        request.certificate = certificate;
      },
    );
    if (moved) await enqueueArchiveExpiry(em, processing.id, new Date(expires.getTime() + CLOCK_MARGIN_MS));
  });
}
