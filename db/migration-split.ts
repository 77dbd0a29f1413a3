import type { AlterTableCmd, Constraint, ParseResult } from '@pgsql/types';
import { parse } from 'libpg-query';

/** What runs in one transaction, and what afterwards, each statement by itself. */
export type Split = { inTransaction: string[]; online: string[] };

/**
 * Takes out of the statements of a new migration what would keep others waiting (checks that read a table, indexes on
 * one that is there), and puts in what does the same while they go on.
 */
export async function splitMigration(statements: string[]): Promise<Split> {
  const split: Split = { inTransaction: [], online: [] };
  const own = new Set<string>();
  for (const text of statements) {
    const { stmts } = (await parse(text)) as ParseResult;
    const node = stmts?.[0]?.stmt;
    if (!node || stmts?.length !== 1) {
      split.inTransaction.push(text);
    } else if ('CreateStmt' in node) {
      own.add(node.CreateStmt.relation?.relname ?? '');
      split.inTransaction.push(text);
    } else if ('IndexStmt' in node && !own.has(node.IndexStmt.relation?.relname ?? '')) {
      const { idxname = '' } = node.IndexStmt;
      split.online.push(
        ...built(idxname, text.replace(/^\s*create (unique )?index /i, 'create $1index concurrently ')),
      );
    } else if ('DropStmt' in node && node.DropStmt.removeType === 'OBJECT_INDEX') {
      split.online.push(text.replace(/^\s*drop index (if exists )?/i, 'drop index concurrently if exists '));
    } else if ('AlterTableStmt' in node && !own.has(node.AlterTableStmt.relation?.relname ?? '')) {
      const added = addedConstraint(
        node.AlterTableStmt.cmds?.map((cmd) => ('AlterTableCmd' in cmd ? cmd.AlterTableCmd : {})),
      );
      const table = node.AlterTableStmt.relation?.relname ?? '';
      if (added) addTo(split, table, added, text);
      else split.inTransaction.push(text);
    } else {
      split.inTransaction.push(text);
    }
  }
  return split;
}

/** The one constraint that an alteration adds, if that is all it does. */
function addedConstraint(cmds: AlterTableCmd[] = []): Constraint | null {
  const [{ subtype, def } = {}] = cmds;
  return cmds.length === 1 && subtype === 'AT_AddConstraint' && def && 'Constraint' in def ? def.Constraint : null;
}

function addTo(
  split: Split,
  table: string,
  { contype, conname = '', keys, skip_validation }: Constraint,
  text: string,
) {
  if (contype === 'CONSTR_UNIQUE' && keys) {
    const columns = keys.map((key) => ('String' in key ? `"${key.String.sval}"` : '')).join(', ');
    split.online.push(...built(conname, `create unique index concurrently "${conname}" on "${table}" (${columns});`));
  } else if ((contype === 'CONSTR_CHECK' || contype === 'CONSTR_FOREIGN') && !skip_validation) {
    split.inTransaction.push(`${text.trimEnd().replace(/;$/, '')} not valid;`);
    split.online.push(`alter table "${table}" validate constraint "${conname}";`);
  } else {
    split.inTransaction.push(text);
  }
}

/** An attempt that failed leaves an index that is not valid. */
function built(name: string, create: string): string[] {
  return [`drop index concurrently if exists "${name}";`, create];
}
