import { auditRouter } from '../audit/audit.router.ts';
import { dossierRouter } from '../dossier/dossier.router.ts';
import { identityRouter } from '../identity/identity.router.ts';
import { incidentsRouter } from '../incidents/incidents.router.ts';
import { opsRouter } from '../ops/ops.router.ts';
import { privacyRouter } from '../privacy/privacy.router.ts';
import { meRouter } from '../users/me.router.ts';
import { usersRouter } from '../users/users.router.ts';
import { t } from './init.ts';

export const appRouter = t.router({
  auth: identityRouter,
  me: meRouter,
  users: usersRouter,
  dossier: dossierRouter,
  incidents: incidentsRouter,
  privacy: privacyRouter,
  audit: auditRouter,
  ops: opsRouter,
});

export type AppRouter = typeof appRouter;

/** A caller without HTTP: what Remix loaders and tests use. */
export const createCaller = t.createCallerFactory(appRouter);

export type Caller = ReturnType<typeof createCaller>;
