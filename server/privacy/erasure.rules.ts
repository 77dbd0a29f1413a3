/** Most mentions that are listed one by one; further ones are only said to exist. */
export const MENTIONS_MAX = 50;

/** Why texts of other people that name the erased person may stay (GDPR Art. 17(3), Art. 11(2)). */
export const MENTION_GROUNDS = ['other_person', 'rights_of_others', 'legal_obligation', 'legal_claims'] as const;
export type MentionGround = (typeof MENTION_GROUNDS)[number];

/** Where the person is named: never the text itself. */
export type Mention = { table: string; id: string; field: string };

export type MentionDecision = { ground: MentionGround; by: string; at: string };

/** What a search of other people's texts found, and the decisions of operations to keep it. */
export type Mentions = {
  searched_at: string;
  /** What waits for a decision; once nothing does, all that is kept. */
  found: Mention[];
  /** Whether more than {@link MENTIONS_MAX} wait for a decision. */
  more: boolean;
  /** The last decision, while it and those before cover all that was found. */
  kept: MentionDecision | null;
  /** Each decision with the places that it covers: those that were listed when it was made, as far as they remain. */
  decisions?: (MentionDecision & { found: Mention[] })[];
};

/** What an erasure does not reach, whatever its figures say. The certificate names all of it. */
export const NOT_COVERED = [
  'backups',
  'write_ahead_log',
  'dead_rows',
  'texts_of_others',
  'logs',
  'other_systems',
] as const;

/** The groups of SQLSTATE that tell operations what to do (PostgreSQL, appendix A). */
export const FAILURE_CLASSES = [
  'connection',
  'data',
  'constraint',
  'permission',
  'schema',
  'conflict',
  'read_only',
  'resources',
  'canceled',
  'left_over',
  'unknown',
] as const;
export type FailureClass = (typeof FAILURE_CLASSES)[number];

/** Where and why an attempt failed: names of the schema and codes, nothing of a row. */
export type ErasureFailure = {
  class: FailureClass;
  sqlstate: string | null;
  table: string | null;
  column: string | null;
  constraint: string | null;
};

/** What to do about a failure of this class, as it is told on the wire and in the log. */
export const FAILURE_ADVICE: Record<FailureClass, string> = {
  connection: 'The database was not reached. Try again once it answers.',
  data: 'A value does not fit its column. Compare the schema with the migrations, then try again.',
  constraint: 'A constraint refuses the change. Look at what refers to these rows, then try again.',
  permission: 'The database role may not do this. Grant it the right on the table, then try again.',
  schema: 'The table or column is not as this version expects. Run the migrations, then try again.',
  conflict: 'Other work held the rows. Try again.',
  read_only: 'The database takes no writes now. Try again once it does.',
  resources: 'The database lacks space, memory or connections. Make room, then try again.',
  canceled: 'The statement was stopped, by a time limit or a restart. Try again.',
  left_over:
    'Values were still there after the erasure, so nothing was erased. Look at the column named, then try again.',
  unknown: 'The log has the cause, under the request id of the approval.',
};

const CLASSES: readonly [RegExp, FailureClass][] = [
  [/^08|^57P/, 'connection'],
  [/^22/, 'data'],
  [/^23/, 'constraint'],
  [/^42501$/, 'permission'],
  [/^42/, 'schema'],
  [/^40|^55/, 'conflict'],
  [/^25006$/, 'read_only'],
  [/^53|^54|^58/, 'resources'],
  [/^57014$/, 'canceled'],
];

/** The class of a SQLSTATE. */
export function failureClassOf(sqlstate: string): FailureClass {
  return CLASSES.find(([pattern]) => pattern.test(sqlstate))?.[1] ?? 'unknown';
}
