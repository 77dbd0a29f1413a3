import type { MikroORM, SqlEntityManager } from '@mikro-orm/postgresql';
import type pg from 'pg';
import type { ActorDirectory } from '../identity/actors.ts';
import type { SealKey } from '../privacy/canonical-json.ts';
import type { LegalCalendar } from '../privacy/deadline.rules.ts';

/** What background work stands on. */
export type JobDesk = {
  orm: MikroORM;
  actors: Pick<ActorDirectory, 'forget'>;
  /** Connections of the background work alone, for what holds one long. */
  pool: pg.Pool;
  databaseUrl: string;
  /** The desk's days, in which deadlines are told. */
  calendar: LegalCalendar;
  /** Seals certificates. */
  sealKey: SealKey;
};

/** The places that work passes, in order; tests stop it at each. */
export const JOB_MARKS = [
  'locked',
  'processing',
  'exporting',
  'exported',
  'kept',
  'erasing',
  'erased',
  'verified',
  'done',
] as const;
export type JobMark = (typeof JOB_MARKS)[number];

/** One attempt at a job. */
export type Attempt = {
  /** Whether no attempt follows if this one fails. */
  last: boolean;
  /** Aborted when the desk stops: what can be done again later then throws {@link JobInterrupted}. */
  signal: AbortSignal;
  /** Told at every mark. */
  at(mark: JobMark): void;
};

/** The desk stops; the job is given back and starts anew. */
export class JobInterrupted extends Error {
  constructor() {
    super('The desk is stopping');
    this.name = 'JobInterrupted';
  }
}

/** Somebody else is at it. */
export class JobBusy extends Error {
  constructor() {
    super('The job is being done by another worker');
    this.name = 'JobBusy';
  }
}

export function assertGoingOn({ signal }: Attempt): void {
  if (signal.aborted) throw new JobInterrupted();
}

export type Task = {
  run(desk: JobDesk, id: string, attempt: Attempt): Promise<void>;
  /** Called once no attempt is left, whether or not the last one could say so itself; in the transaction of `em`. */
  giveUp(em: SqlEntityManager, id: string): Promise<void>;
};
