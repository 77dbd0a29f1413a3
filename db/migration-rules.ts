import type {
  AlterTableCmd,
  AlterTableStmt,
  ColumnDef,
  Constraint,
  DropStmt,
  IndexStmt,
  Node,
  ParseResult,
} from '@pgsql/types';
import { parse } from 'libpg-query';
import { IN_BATCHES } from './in-batches.ts';

/** The migrations after this one keep the rules below; it and those before it are history. */
export const LAST_BEFORE_RULES = '20261125212300_fold_invisible_characters';

/** Migrations that a reviewer let break a rule, and why: say what the build before does without. */
export const EXEMPT: Readonly<Record<string, string>> = {};

/** Statements of a migration, and whether they run in one transaction or each by itself. */
export type MigrationText = { transactional: boolean; statements: string[] };

/** What a statement may not do to a table that others use, as a sentence; null when it may be done. */
type Verdict = string | null;

/** Alterations that neither read nor write the rows: their lock lasts as long as a look into the catalogue. */
const QUICK = new Set([
  'AT_ColumnDefault',
  'AT_DropNotNull',
  'AT_SetStatistics',
  'AT_SetStorage',
  'AT_SetRelOptions',
  'AT_DropConstraint',
  'AT_EnableTrig',
  'AT_DisableTrig',
]);

/** Statements that leave the tables in use alone, or hold them for a moment. */
const HARMLESS = new Set([
  'CreateStmt',
  'CreateFunctionStmt',
  'CreateTrigStmt',
  'CreateSeqStmt',
  'CreateExtensionStmt',
  'CreateEnumStmt',
  'ViewStmt',
  'CommentStmt',
  'GrantStmt',
]);

const IN_ONLINE = 'goes into a migration that is not transactional, beside this one';

/**
 * What in a migration would keep requests waiting, or break the build before, which serves meanwhile: a sentence each.
 * Tables that the migration makes are its own. @throws when a statement is no SQL that PostgreSQL 18 parses
 */
export async function faultsOf({ transactional, statements }: MigrationText): Promise<string[]> {
  const parsed = await Promise.all(statements.map((text) => parse(text) as Promise<ParseResult>));
  const nodes = parsed.flatMap(({ stmts }) => stmts?.flatMap(({ stmt }) => stmt ?? []) ?? []);
  const own = new Set(nodes.flatMap((node) => ('CreateStmt' in node ? (node.CreateStmt.relation?.relname ?? []) : [])));
  const verdicts = nodes.map((node, index) =>
    transactional ? inTransaction(node, own) : byItself(node, nodes[index - 1]),
  );
  return [...verdicts, ...(transactional ? stronger(nodes, own) : [])].filter((verdict) => verdict !== null);
}

/**
 * Tables that are locked lightly first (a foreign key, a trigger) and strongly afterwards: a request that has read a
 * row for update in between can neither go on nor let the migration go on.
 */
function stronger(nodes: Node[], own: Set<string>): Verdict[] {
  const lightly = new Set<string>();
  return nodes.map((node) => {
    const table = strongly(node);
    const verdict =
      table !== null && lightly.has(table) && !own.has(table)
        ? `${table} is altered after a foreign key or trigger has locked it: alter it first, else requests deadlock`
        : null;
    for (const referenced of JSON.stringify(node).matchAll(/"pktable":\{[^}]*?"relname":"(\w+)"/g)) {
      lightly.add(referenced[1] ?? '');
    }
    if ('AlterTableStmt' in node && table === null) lightly.add(node.AlterTableStmt.relation?.relname ?? '');
    if ('CreateTrigStmt' in node) lightly.add(node.CreateTrigStmt.relation?.relname ?? '');
    return verdict;
  });
}

/** The table that an alteration other than a new foreign key locks for itself. */
function strongly(node: Node): string | null {
  if (!('AlterTableStmt' in node)) return null;
  const { relation, cmds = [] } = node.AlterTableStmt;
  const keysAlone = cmds.every((cmd) => JSON.stringify(cmd).includes('"contype":"CONSTR_FOREIGN"'));
  return keysAlone ? null : (relation?.relname ?? null);
}

/** In a transaction each lock is held until the end: nothing that takes time, on no table in use. */
function inTransaction(node: Node, own: Set<string>): Verdict {
  if ('AlterTableStmt' in node) return alter(node.AlterTableStmt, own);
  if ('IndexStmt' in node) return ofOwn(node.IndexStmt, own) ? null : `"create index concurrently" ${IN_ONLINE}`;
  if ('DropStmt' in node) return drop(node.DropStmt);
  if ('RenameStmt' in node) return 'a rename breaks the build before: add anew, move, and drop a release later';
  const written = writtenTable(node);
  if (written !== null) {
    return own.has(written) ? null : `rows are written in batches, by inBatches(), which ${IN_ONLINE}`;
  }
  const [kind = ''] = Object.keys(node);
  return HARMLESS.has(kind) ? null : `${kind} is not known to be safe while others use the tables`;
}

/** The table whose rows a statement writes. */
function writtenTable(node: Node): string | null {
  if ('InsertStmt' in node) return node.InsertStmt.relation?.relname ?? '';
  if ('UpdateStmt' in node) return node.UpdateStmt.relation?.relname ?? '';
  if ('DeleteStmt' in node) return node.DeleteStmt.relation?.relname ?? '';
  return null;
}

function alter({ relation, cmds }: AlterTableStmt, own: Set<string>): Verdict {
  if (own.has(relation?.relname ?? '')) return null;
  for (const node of cmds ?? []) {
    const verdict = 'AlterTableCmd' in node ? alteration(node.AlterTableCmd) : 'an alteration that is not known';
    if (verdict !== null) return verdict;
  }
  return null;
}

function alteration({ subtype = 'AT_AddColumn', def }: AlterTableCmd): Verdict {
  if (QUICK.has(subtype)) return null;
  if (subtype === 'AT_AddColumn' && def && 'ColumnDef' in def) return column(def.ColumnDef);
  if (subtype === 'AT_AddConstraint' && def && 'Constraint' in def) return constraint(def.Constraint);
  if (subtype === 'AT_ValidateConstraint') return `"validate constraint" ${IN_ONLINE}`;
  if (subtype === 'AT_SetNotNull') return '"set not null" reads every row: add a check "not valid" and validate it';
  if (subtype === 'AT_AlterColumnType') return 'another type writes every row anew: add a column, move, and drop later';
  if (subtype === 'AT_DropColumn') return 'the build before reads the column: drop it a release later, by an exemption';
  return `${subtype} is not known to be safe while others use the table`;
}

/** A column may be nullable, or have a constant as its default: PostgreSQL then writes no row. */
function column({ colname, constraints }: ColumnDef): Verdict {
  const kinds = (constraints ?? []).flatMap((node) => ('Constraint' in node ? node.Constraint : []));
  const byDefault = kinds.find(({ contype }) => contype === 'CONSTR_DEFAULT');
  for (const { contype = '', raw_expr } of kinds) {
    if (contype === 'CONSTR_NULL') continue;
    if (contype === 'CONSTR_DEFAULT' && isConstant(raw_expr)) continue;
    if (contype === 'CONSTR_NOTNULL' && byDefault) continue;
    if (contype === 'CONSTR_NOTNULL') return `the column ${colname} has no default: the build before cannot insert`;
    return `the column ${colname} may be nullable or have a constant default; the rest is added afterwards`;
  }
  return null;
}

function isConstant(node: Node | undefined): boolean {
  if (!node) return false;
  if ('TypeCast' in node) return isConstant(node.TypeCast.arg);
  return 'A_Const' in node;
}

function constraint({ contype, skip_validation: notValid, indexname }: Constraint): Verdict {
  if (contype === 'CONSTR_CHECK' || contype === 'CONSTR_FOREIGN') {
    return notValid ? null : `the constraint is added "not valid"; "validate constraint" ${IN_ONLINE}`;
  }
  if (indexname) return null;
  return `the index is built first: "create unique index concurrently" ${IN_ONLINE}`;
}

function drop({ removeType }: DropStmt): Verdict {
  if (removeType === 'OBJECT_INDEX') return `"drop index concurrently if exists" ${IN_ONLINE}`;
  if (removeType === 'OBJECT_TRIGGER') return null;
  return 'the build before uses it: drop it a release later, by an exemption';
}

/** Each by itself: what takes time under a lock that lets others read and write, and may be done again after a failure. */
function byItself(node: Node, before: Node | undefined): Verdict {
  if ('AlterTableStmt' in node) {
    const cmds = node.AlterTableStmt.cmds ?? [];
    const validates = cmds.every(
      (cmd) => 'AlterTableCmd' in cmd && cmd.AlterTableCmd.subtype === 'AT_ValidateConstraint',
    );
    return validates ? null : 'outside a transaction a table is only altered by "validate constraint"';
  }
  if ('IndexStmt' in node) {
    const { concurrent, idxname = '' } = node.IndexStmt;
    if (!concurrent) return `the index ${idxname} is built "concurrently"`;
    const dropped = before && 'DropStmt' in before ? namesOf(before.DropStmt) : [];
    return dropped.includes(idxname) ? null : `"drop index concurrently if exists ${idxname}" comes right before`;
  }
  if ('DropStmt' in node) {
    const { removeType, concurrent, missing_ok: ifExists } = node.DropStmt;
    return removeType === 'OBJECT_INDEX' && concurrent && ifExists
      ? null
      : 'outside a transaction only indexes are dropped, "concurrently if exists"';
  }
  if ('DoStmt' in node && JSON.stringify(node).includes(IN_BATCHES)) return null;
  return `${Object.keys(node)[0]} goes into a migration that is transactional`;
}

function ofOwn({ relation }: IndexStmt, own: Set<string>): boolean {
  return own.has(relation?.relname ?? '');
}

function namesOf({ objects }: DropStmt): string[] {
  return (objects ?? []).flatMap((object) =>
    'List' in object
      ? (object.List.items ?? []).flatMap((item) => ('String' in item ? (item.String.sval ?? '') : []))
      : [],
  );
}
