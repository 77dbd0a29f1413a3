/** The database's clock in SQL, as its columns keep it: what several instances write follows one clock. */
export const DATABASE_NOW = "date_trunc('milliseconds', clock_timestamp())";

/**
 * The instant of a change to a row, in SQL over the row's columns: the database's clock, and never before the row's last
 * change, whatever that clock was set to since. Read it from a CTE that has locked the row, so that it follows the lock.
 */
export const NEXT_INSTANT = `greatest(${DATABASE_NOW}, updated_at + interval '1 millisecond')`;
