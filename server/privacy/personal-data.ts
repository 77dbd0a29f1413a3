import { RULE_BEFORE } from './deadline.rules.ts';
import { ERASED } from './erased.rules.ts';

/**
 * How an erasure (GDPR Art. 17) treats a column of the person's rows:
 * `delete` the row goes; `null`; `replace` by a neutral value; `derived` PostgreSQL makes it from columns that are
 * replaced, `from` being what it is then made of; `keep` on the legal ground named.
 */
export type Erasure =
  | { how: 'delete' }
  | { how: 'null' }
  | { how: 'replace'; with: string }
  | { how: 'derived'; from: string }
  | { how: 'keep'; ground: string };

/**
 * `shown` is how the copy of the data (Art. 15, 20) shows a column: as it is, by an SQL expression over the row `t`
 * with the person as `$1`, or not at all, for the reason named.
 */
export type PersonalColumn = {
  personal: true;
  erasure: Erasure;
  shown: { as: 'is' } | { as: 'sql'; sql: string } | { as: 'nothing'; because: string };
  /** Kept, but of a form that could hold a name or an e-mail: an erasure searches it for the old ones. */
  searched?: true;
  /** People typed it, or callers chose it as an `id`: it may name somebody else, so an erasure looks there too. */
  typed?: 'text' | 'id';
};
export type Column = PersonalColumn | { personal: false; because: string };

export type PersonalTable = {
  /** The file of the copy, without its ending; null when nothing of the table is shown. */
  file: string | null;
  /** Which rows are the person's: an SQL condition over the row `t`, the person being `$1`. */
  of: string;
  /** The order of the copy. */
  order: string;
  /** Set as well whenever an erasure changes rows, so that whoever has an older version is told; `$2` is the time. */
  touched?: string;
  /** What names a row of it; `t.id` unless told. */
  key?: string;
  columns: Record<string, Column>;
};

const ANONYMOUS = 'Names nobody once the account is erased; counted in statistics (GDPR Art. 89(1), Recital 26)';
const PSEUDONYM = 'A random key that leads to nobody once the account is erased (GDPR Recital 26)';
const INVOICING = 'Records of invoicing must be kept (GDPR Art. 17(3)(b))';
const ACCOUNTABILITY = 'Proof of what was done with the data, and when (GDPR Art. 5(2), 17(3)(b) and (e))';

const is = { as: 'is' } as const;
const shownAs = (sql: string) => ({ as: 'sql', sql }) as const;
const hidden = (because: string) => ({ as: 'nothing', because }) as const;

const kept = (ground: string, shown: PersonalColumn['shown'] = is): PersonalColumn => ({
  personal: true,
  erasure: { how: 'keep', ground },
  shown,
});
const nulled = (shown: PersonalColumn['shown'] = is): PersonalColumn => ({
  personal: true,
  erasure: { how: 'null' },
  shown,
});
const replaced = (value: string): PersonalColumn => ({
  personal: true,
  erasure: { how: 'replace', with: value },
  shown: is,
});
const derived = (from: string): PersonalColumn => ({
  personal: true,
  erasure: { how: 'derived', from },
  shown: hidden('Made of columns that are shown'),
});
const deleted = (shown: PersonalColumn['shown'] = is): PersonalColumn => ({
  personal: true,
  erasure: { how: 'delete' },
  shown,
});
const typed = (column: PersonalColumn, as: PersonalColumn['typed'] = 'text'): PersonalColumn => ({
  ...column,
  typed: as,
});
const notPersonal = (because: string): Column => ({ personal: false, because });

// Other people stay unnamed in the copy: GDPR Art. 15(4).
const selfOrAgent = (column: string) =>
  shownAs(`case when t.${column} = $1 then 'self' when t.${column} is not null then 'agent' end`);

const SECRET = hidden('A secret of signing in, which tells nothing about the person');
const AN_ID = hidden('The person, as everywhere in the copy');

/** THE register of personal data: every column of every table, and what becomes of it. A test holds it complete. */
export const PERSONAL_DATA: Record<string, PersonalTable> = {
  app_user: {
    file: 'account',
    of: 't.id = $1',
    order: 't.id',
    columns: {
      id: kept(PSEUDONYM),
      email: nulled(),
      name: replaced(ERASED),
      role: kept(ANONYMOUS),
      locale: replaced('en'),
      password_hash: nulled(SECRET),
      created_at: kept(ANONYMOUS),
      updated_at: kept(ANONYMOUS),
      last_sign_in_at: nulled(),
      erased_at: kept(ACCOUNTABILITY),
      search_text: derived(`${ERASED} `),
    },
  },
  subscription: {
    file: 'subscription',
    of: 't.user_id = $1',
    order: 't.id',
    columns: {
      id: kept(PSEUDONYM),
      user_id: kept(PSEUDONYM, AN_ID),
      plan: kept(INVOICING),
      status: kept(INVOICING),
      price_cents: kept(INVOICING),
      currency: kept(INVOICING),
      billing_interval: kept(INVOICING),
      started_at: kept(INVOICING),
      current_period_end: kept(INVOICING),
      trial_ends_at: kept(INVOICING),
      canceled_at: kept(INVOICING),
      created_at: kept(INVOICING),
      updated_at: kept(INVOICING),
    },
  },
  incident: {
    file: 'incidents',
    of: 't.user_id = $1',
    order: 't.created_at, t.id',
    touched: 'version = version + 1, updated_at = $2',
    columns: {
      id: kept(PSEUDONYM),
      number: kept(ANONYMOUS),
      user_id: kept(PSEUDONYM, AN_ID),
      category: kept(ANONYMOUS),
      title: typed(replaced(ERASED)),
      description: typed(replaced(ERASED)),
      status: kept(ANONYMOUS),
      priority: kept(ANONYMOUS),
      assignee_id: kept(PSEUDONYM, selfOrAgent('assignee_id')),
      version: notPersonal('Counts writes'),
      created_by_id: kept(PSEUDONYM, selfOrAgent('created_by_id')),
      created_at: kept(ANONYMOUS),
      updated_at: kept(ANONYMOUS),
      resolved_at: kept(ANONYMOUS),
      closed_at: kept(ANONYMOUS),
      search_text: derived(ERASED),
    },
  },
  privacy_request: {
    file: 'privacy-requests',
    of: 't.user_id = $1',
    order: 't.created_at, t.id',
    touched: 'version = version + 1, updated_at = $2',
    columns: {
      id: kept(PSEUDONYM),
      user_id: kept(PSEUDONYM, AN_ID),
      kind: kept(ACCOUNTABILITY),
      status: kept(ACCOUNTABILITY),
      details: typed(nulled()),
      reason: typed(nulled()),
      requested_by_id: kept(PSEUDONYM, selfOrAgent('requested_by_id')),
      on_behalf_reason: typed(nulled()),
      identity_means: kept(ACCOUNTABILITY),
      identity_checked_on: kept(ACCOUNTABILITY),
      identity_note: typed(nulled()),
      identity_checked_by_id: kept(PSEUDONYM, selfOrAgent('identity_checked_by_id')),
      identity_checked_at: kept(ACCOUNTABILITY),
      received_at: kept(ACCOUNTABILITY),
      first_due_at: kept(ACCOUNTABILITY),
      due_at: kept(ACCOUNTABILITY),
      clock_rule: kept(ACCOUNTABILITY, shownAs(`coalesce(t.clock_rule, '${RULE_BEFORE}')`)),
      extended_at: kept(ACCOUNTABILITY),
      extension_reason: typed(nulled()),
      decided_at: kept(ACCOUNTABILITY),
      completed_at: kept(ACCOUNTABILITY),
      certificate: { ...kept(ACCOUNTABILITY), searched: true },
      mentions: kept(ACCOUNTABILITY, hidden('Texts of other people, which stay theirs')),
      failure: notPersonal('Names of tables and columns, and a code'),
      progress: notPersonal('Counts rows while a request is carried out'),
      version: notPersonal('Counts writes'),
      created_at: kept(ACCOUNTABILITY),
      updated_at: kept(ACCOUNTABILITY),
    },
  },
  privacy_archive: {
    file: null,
    of: 't.request_id in (select r.id from privacy_request r where r.user_id = $1)',
    order: 't.request_id',
    columns: {
      request_id: kept(PSEUDONYM, hidden('Of a copy like this one')),
      size_bytes: notPersonal('The size of a copy'),
      sha256: kept(ACCOUNTABILITY, hidden('Of a copy like this one; it stands in the certificate of its request')),
      created_at: kept(ACCOUNTABILITY, hidden('Of a copy like this one')),
      expires_at: kept(ACCOUNTABILITY, hidden('Of a copy like this one')),
      removed_at: kept(ACCOUNTABILITY, hidden('Of a copy like this one')),
    },
  },
  privacy_archive_chunk: {
    file: null,
    of: 't.archive_request_id in (select r.id from privacy_request r where r.user_id = $1)',
    order: 't.archive_request_id, t.ordinal',
    columns: {
      archive_request_id: deleted(hidden('Of a copy like this one')),
      ordinal: notPersonal('Counts the parts of a copy'),
      bytes: deleted(hidden('Of a copy like this one')),
    },
  },
  audit_event: {
    file: 'audit-events',
    // An event about somebody else that an agent caused is about that person; of the agent it tells the time and the act.
    of: '(t.subject_user_id = $1 or t.actor_id = $1)',
    order: 't.created_at, t.id',
    columns: {
      id: kept(ACCOUNTABILITY),
      // Callers may choose it, and nothing can be taken out of the audit: what names somebody there is for operations to decide.
      request_id: typed(kept(ACCOUNTABILITY), 'id'),
      actor_id: kept(ACCOUNTABILITY, shownAs("case when t.actor_id = $1 then 'self' end")),
      actor_role: kept(ACCOUNTABILITY),
      action: kept(ACCOUNTABILITY),
      target_type: kept(ACCOUNTABILITY),
      target_id: kept(
        ACCOUNTABILITY,
        shownAs("case when t.subject_user_id = $1 or t.target_type = 'session' then t.target_id end"),
      ),
      subject_user_id: kept(ACCOUNTABILITY, hidden('The person, or somebody else whose data stays theirs')),
      status: kept(ACCOUNTABILITY),
      // Ids of agents are the only people that details may name.
      details: { ...kept(ACCOUNTABILITY, shownAs("t.details - 'assignee_id'")), searched: true },
      created_at: kept(ACCOUNTABILITY),
    },
  },
  session: {
    file: 'sessions',
    of: 't.user_id = $1',
    order: 't.created_at, t.id',
    columns: {
      id: deleted(),
      token_hash: deleted(SECRET),
      user_id: deleted(AN_ID),
      created_at: deleted(),
      expires_at: deleted(),
      last_used_at: deleted(),
      authenticated_at: deleted(),
      revoked_at: deleted(),
    },
  },
  refresh_token: {
    file: 'refresh-tokens',
    of: 't.user_id = $1',
    order: 't.created_at, t.id',
    columns: {
      id: deleted(),
      family_id: deleted(),
      token_hash: deleted(SECRET),
      user_id: deleted(AN_ID),
      created_at: deleted(),
      signed_in_at: deleted(),
      expires_at: deleted(),
      used_at: deleted(),
      revoked_at: deleted(),
    },
  },
  idempotency_key: {
    file: null,
    of: '(t.actor_id = $1 or t.subject_user_id = $1)',
    order: 't.actor_id, t.key',
    key: 't.actor_id',
    columns: {
      actor_id: deleted(hidden('Kept a day, of answers whose content is shown in its own place')),
      key: typed(deleted(hidden('Kept a day, of answers whose content is shown in its own place')), 'id'),
      fingerprint: deleted(hidden('Kept a day, of answers whose content is shown in its own place')),
      subject_user_id: deleted(hidden('Kept a day, of answers whose content is shown in its own place')),
      status: notPersonal('The HTTP status of an answer'),
      body: typed(deleted(hidden('A copy, kept a day, of what is shown in its own place'))),
      created_at: deleted(hidden('Kept a day, of answers whose content is shown in its own place')),
      expires_at: deleted(hidden('Kept a day, of answers whose content is shown in its own place')),
    },
  },
};
