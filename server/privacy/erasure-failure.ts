import { deniedRelation } from '../telemetry/error-facts.ts';
import { type ErasureFailure, FAILURE_ADVICE, type FailureClass, failureClassOf } from './erasure.rules.ts';

/** An attempt that failed at a table; its message tells the log where, and what to do. */
export class StepFailed extends Error {
  readonly failure: ErasureFailure;
  readonly code?: string;

  constructor(failure: ErasureFailure, cause?: unknown) {
    super(wordsOf(failure), { cause });
    this.name = 'StepFailed';
    this.failure = failure;
    if (failure.sqlstate) this.code = failure.sqlstate;
  }
}

function wordsOf({ table, column, constraint, class: kind }: ErasureFailure): string {
  const place = [
    ['table', table],
    ['column', column],
    ['constraint', constraint],
  ].flatMap(([name, value]) => (value ? [`${name} ${value}`] : []));
  return `${[...place, `class ${kind}`].join(', ')}: ${FAILURE_ADVICE[kind]}`;
}

/** Says of whatever fails in `work` that it was at this table. */
export async function atTable<T>(table: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new StepFailed({ ...failureOf(error), table: databaseField(error, 'table') ?? table }, error);
  }
}

/** Where and why something failed, as far as the error tells it without naming anything of a row. */
export function failureOf(error: unknown): ErasureFailure {
  if (error instanceof StepFailed) return error.failure;
  const code = databaseField(error, 'code');
  const sqlstate = code && /^[0-9A-Z]{5}$/.test(code) ? code : null;
  const lost = code !== null && /^E(CONN|PIPE|TIMEDOUT|HOST)/.test(code);
  const kind: FailureClass = sqlstate ? failureClassOf(sqlstate) : lost ? 'connection' : 'unknown';
  return {
    class: kind,
    sqlstate,
    table: databaseField(error, 'table'),
    column: databaseField(error, 'column'),
    constraint: databaseField(error, 'constraint'),
  };
}

function databaseField(error: unknown, name: string): string | null {
  if (!(error instanceof Error)) return null;
  const value = (error as unknown as Record<string, unknown>)[name];
  if (typeof value === 'string' && /^\w{1,63}$/.test(value)) return value;
  const denied = name === 'table' ? deniedRelation(error) : null;
  if (denied) return denied;
  return databaseField(error.cause, name);
}
