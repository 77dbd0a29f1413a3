import { connect as connectSocket } from 'node:net';
import pg from 'pg';
import { currentPatience, OutOfPatience, type Patience } from './patience.ts';
import { preparedName } from './statement.ts';

/** How long PostgreSQL may take to call a statement off before the connection is cut, in ms. */
const CALL_OFF_MS = 250;
/** What a rollback is given when no patience is left, in ms. */
const ROLLBACK_MS = 250;
/** How long a transaction may stand idle, in ms: a process that hangs must not hold locks. */
const IDLE_IN_TRANSACTION_MS = 10_000;
/** A lock is given up a little before the statement that waits for it, so that the log tells one from the other. */
const LOCK_SHARE = 0.9;

const BEGINS = /^(begin|start transaction)\b/;

/**
 * Failures after which a connection is not used again: it is lost, or bound to a server that has become read-only.
 * SQLSTATE classes 08, 57P, 58 and XX; 25006; 25P03 and 25P04, which end the session.
 */
const SPOILING = /^(08...|57P..|58...|XX...|25006|25P0[34])$/;

/** The server is read-only, or its disk is full. */
const REFUSING_WRITES = /^(25006|53100)$/;
/** How long a refused write is remembered, in ms. */
const REMEMBERED_MS = 15_000;

type Query = (text: unknown, values?: unknown, callback?: unknown) => unknown;

/** The fields of a pg client that its types leave out. */
type Inside = { host: string; port: number; processID: number; secretKey: number };

/**
 * A pg client that waits no longer than the {@link Patience} of the work at hand. A transaction is bounded by
 * PostgreSQL itself, by settings that travel with its BEGIN and so hold behind a pooler too; any statement is called
 * off when time is up, and its connection not used again.
 */
export class BoundedClient extends pg.Client {
  /** Whether statements registered by name are sent as named prepared statements. */
  protected readonly prepares: boolean = false;
  /** Whether this connection must not be used after the work at hand. */
  spoilt = false;
  /** Whether PostgreSQL refused a write for a reason that any other write will meet too. */
  refusedWrite = false;
  /** Whether a transaction was committed. */
  committed = false;

  constructor(config?: pg.ClientConfig) {
    super(config);
    const send = this.query.bind(this) as Query;
    this.query = ((text: unknown, values?: unknown, callback?: unknown) => {
      if (typeof text !== 'string') return send(text, values, callback);
      const patience = currentPatience();
      const left = patience
        ? Math.max(patience.left(), text === 'rollback' ? ROLLBACK_MS : 0)
        : Number.POSITIVE_INFINITY;
      if (left <= 0) return Promise.reject(new OutOfPatience());
      const name = this.prepares && Array.isArray(values) ? preparedName(text) : undefined;
      const asked = name ? { name, text, values } : patience && BEGINS.test(text) ? `${text}; ${limits(left)}` : text;
      const sent = name ? send(asked, callback) : send(asked, values, callback);
      if (!(sent instanceof Promise)) return sent;
      const noted = this.#noting(sent, text);
      return patience ? patience.during(this.#within(left, noted)) : noted;
    }) as typeof this.query;
  }

  async #noting<T>(answered: Promise<T>, text: string): Promise<T> {
    try {
      const result = await answered;
      if (text === 'commit') this.committed = true;
      return result;
    } catch (error) {
      const code = error instanceof pg.DatabaseError ? (error.code ?? '') : null;
      if (code === null || SPOILING.test(code)) this.spoilt = true;
      if (code !== null && REFUSING_WRITES.test(code)) this.refusedWrite = true;
      throw error;
    }
  }

  async #within<T>(ms: number, answered: Promise<T>): Promise<T> {
    const cut = Promise.withResolvers<never>();
    let timer = setTimeout(() => {
      // A cancellation that arrives late would meet the statement of somebody else.
      this.spoilt = true;
      callOff(this as unknown as Inside);
      timer = setTimeout(() => {
        cut.reject(new OutOfPatience());
        hangUp(this);
      }, CALL_OFF_MS);
    }, ms);
    try {
      return await Promise.race([answered, cut.promise]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The same where prepared statements outlive a transaction. */
export class PreparingClient extends BoundedClient {
  protected override readonly prepares = true;
}

function limits(left: number): string {
  const ms = Math.ceil(left);
  return `set local statement_timeout = ${ms}; set local lock_timeout = ${Math.ceil(ms * LOCK_SHARE)}; set local idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}`;
}

/** Asks PostgreSQL, or the pooler before it, to cancel what the client waits for (CancelRequest, a message of its own connection). */
function callOff({ host, port, processID, secretKey }: Inside): void {
  const request = Buffer.alloc(16);
  for (const [index, field] of [16, 80_877_102, processID, secretKey].entries()) request.writeInt32BE(field, index * 4);
  const socket = connectSocket(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port });
  // What cannot be called off is cut off.
  socket.on('error', () => {}).setTimeout(CALL_OFF_MS, () => socket.destroy());
  socket.end(request);
}

function hangUp(client: pg.Client): void {
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
}

/** The connections that are lent now, and when a write was last refused. */
type State = { lent: Set<pg.Client>; refusedAt: number };

const states = new WeakMap<pg.Pool, State>();

/** Has a pool lend its connections for as long as patience lasts, and take none back that is spoilt. */
export function boundPool(pool: pg.Pool): void {
  const connect = pool.connect.bind(pool) as () => Promise<pg.PoolClient>;
  const state: State = { lent: new Set(), refusedAt: Number.NEGATIVE_INFINITY };
  states.set(pool, state);
  const lend = async () => {
    const client = await connect();
    const release = client.release.bind(client);
    state.lent.add(client);
    client.release = (error) => {
      const bounded = client as unknown as BoundedClient;
      if (bounded.refusedWrite) state.refusedAt = performance.now();
      else if (bounded.committed) state.refusedAt = Number.NEGATIVE_INFINITY;
      bounded.refusedWrite = bounded.committed = false;
      state.lent.delete(client);
      release(error || bounded.spoilt);
    };
    return client;
  };
  pool.connect = ((callback?: unknown) => {
    if (callback) return pg.Pool.prototype.connect.call(pool, callback as never);
    const patience = currentPatience();
    return patience ? patience.during(inTime(patience, lend)) : lend();
  }) as typeof pool.connect;
}

async function inTime(patience: Patience, lend: () => Promise<pg.PoolClient>): Promise<pg.PoolClient> {
  const left = patience.left();
  if (left <= 0) throw new OutOfPatience();
  const lending = lend();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new OutOfPatience());
    // One that comes after all goes straight back.
    lending.then((client) => client.release()).catch(() => {});
  }, left);
  try {
    return await Promise.race([lending, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Ends what is still asked of the database, so that a pool can be closed; PostgreSQL rolls it back. */
export function cutOff(pool: pg.Pool): void {
  for (const client of states.get(pool)?.lent ?? []) hangUp(client);
}

/** Whether PostgreSQL refused a write a moment ago, being read-only or out of disk. */
export function refusesWrites(pool: pg.Pool): boolean {
  return performance.now() - (states.get(pool)?.refusedAt ?? Number.NEGATIVE_INFINITY) < REMEMBERED_MS;
}
