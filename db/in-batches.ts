/** What tells such a block from another, for the rules of migrations. */
export const IN_BATCHES = 'guichet: in batches';

/** Rows of one batch: their locks are held for some ms. */
const BATCH = 1_000;

/**
 * A statement that writes the rows of a table anew, batch by batch, each committed by itself: for a migration that is
 * not transactional. `set` and `where` are SQL; done again after a failure it must do no harm. The table's key is `id`.
 */
export function inBatches(table: string, set: string, where: string): string {
  return `do $batches$ /* ${IN_BATCHES} */
    declare
      done uuid := '00000000-0000-0000-0000-000000000000';
      last uuid;
    begin
      loop
        last := (select id from (select id from ${table} where id > done order by id limit ${BATCH}) batch
                 order by id desc limit 1);
        exit when last is null;
        update ${table} set ${set} where id > done and id <= last and (${where});
        commit;
        done := last;
      end loop;
    end
  $batches$`;
}
