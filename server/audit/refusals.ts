import type { MikroORM } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../request-context.ts';
import { logError } from '../telemetry/logger.ts';
import type { AuditAction } from './audit.rules.ts';
import { AuditDraft, SYSTEM, writeAuditEvent } from './audit.service.ts';

const WINDOW_MS = 60_000;

/**
 * Whose refusals are counted together. `kept` leave an event each in a window, the rest are summed up as `action`. Past
 * `places` of them in a window they share one, so that memory stays bounded.
 */
const SOURCES = {
  /** an address at which nobody is signed in */
  address: { kept: 10, places: 1_000, action: 'access_denied' },
  /** a person who is signed in */
  person: { kept: 20, places: 10_000, action: 'access_denied' },
  /** an account at which sign-ins are refused, from wherever */
  account: { kept: 10, places: 10_000, action: 'auth_login' },
  /** an address from which e-mails without an account are tried */
  stranger: { kept: 30, places: 1_000, action: 'auth_login' },
} as const satisfies Record<string, { kept: number; places: number; action: AuditAction }>;

type Kind = keyof typeof SOURCES;

/** The id is an address of strangers, or that of a person. */
export type Source = { kind: 'address' | 'account' | 'stranger'; id: string } | { kind: 'person'; actor: Actor };

type Place = { source: Source | null; count: number };

/**
 * Bounds what refusals write into the audit, which nobody can remove. Within the bound each leaves its event; above it a
 * source leaves one event a window, which says how many there were.
 */
export class Refusals {
  readonly #orm: MikroORM;
  #places = emptyPlaces();

  constructor(orm: MikroORM) {
    this.#orm = orm;
  }

  /** Counts a refusal; false when it shall leave no event of its own. */
  admits(source: Source): boolean {
    const { kept, places } = SOURCES[source.kind];
    const known = this.#places[source.kind];
    const id = source.kind === 'person' ? source.actor.id : source.id;
    const own = known.has(id) || known.size < places;
    const place = known.get(own ? id : OTHERS) ?? { source: own ? source : null, count: 0 };
    place.count++;
    known.set(own ? id : OTHERS, place);
    return place.count <= kept;
  }

  /** Ends the window: keeps an event for each source that was over the bound. */
  async closeWindow(): Promise<void> {
    const ended = this.#places;
    this.#places = emptyPlaces();
    for (const kind of Object.keys(SOURCES) as Kind[]) {
      const { kept, action } = SOURCES[kind];
      for (const { source, count } of ended[kind].values()) {
        if (count > kept) await this.#tell(action, source, count - kept);
      }
    }
  }

  /** Ends a window each minute. Returns how to stop, which ends the last one. */
  start(): () => Promise<void> {
    const close = () =>
      this.closeWindow().catch((error: unknown) => logError(error, 'Refusals could not be summed up in the audit'));
    const timer = setInterval(close, WINDOW_MS).unref();
    return () => {
      clearInterval(timer);
      return close();
    };
  }

  async #tell(action: AuditAction, source: Source | null, refused: number): Promise<void> {
    const draft = new AuditDraft(action, 'session', null);
    draft.details = { refused };
    if (source?.kind === 'account') draft.subjectUserId = source.id;
    // Of several sources the desk itself tells.
    const actor = source?.kind === 'person' ? source.actor : source ? null : SYSTEM;
    await writeAuditEvent(this.#orm.em.fork(), draft, { requestId: uuidv7(), actor, now: new Date() }, 'denied');
  }
}

const OTHERS = 'others';

function emptyPlaces(): Record<Kind, Map<string, Place>> {
  return { address: new Map(), person: new Map(), account: new Map(), stranger: new Map() };
}
