import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import classes from './data-list.module.css';

export type Column<Row> = {
  key: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** A CSS length that the column takes at least; it grows with its words, which are never cut. */
  width?: string;
  /** A share of the list (`16%`) for words of any length: they are cut. Without `width` and `share` it is the rest. */
  share?: string;
  align?: 'end';
  /** Not shown on screens narrower than: sm 820 px, md 900 px, lg 1200 px. Then say it in `narrow`, if it matters. */
  hideBelow?: 'sm' | 'md' | 'lg';
  /** The one column whose words are the row's link; its cell must hold no link of its own. */
  link?: boolean;
  /** Words of a header that stands for itself on screen but needs a name for screen readers. */
  hiddenHeader?: boolean;
};

/**
 * A dense list: sticky header, rows of 40 px, each row one link stretched over it (other links and buttons in a cell
 * stay clickable with `className={listClasses.above}`). `caption` names the table for screen readers. `narrow` is a
 * second line under the linked words on screens below 820 px. Empty lists: render an `EmptyState` instead.
 */
export function DataList<Row>({
  caption,
  columns,
  rows,
  rowKey,
  href,
  narrow,
}: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  href?: (row: Row) => string;
  narrow?: (row: Row) => ReactNode;
}) {
  const linked = columns.find((column) => column.link) ?? columns[0];
  return (
    <table className={classes.list}>
      <caption className="g-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.key}
              scope="col"
              data-hide-below={column.hideBelow}
              data-align={column.align}
              data-cut={isCut(column)}
              style={{ width: column.width ?? column.share }}
            >
              {column.hiddenHeader ? <span className="g-hidden">{column.header}</span> : column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} data-linked={href ? '' : undefined}>
            {columns.map((column) => (
              <td
                key={column.key}
                data-hide-below={column.hideBelow}
                data-align={column.align}
                data-cut={isCut(column)}
              >
                {href && column === linked ? (
                  <Link to={href(row)} className={classes.link}>
                    {column.cell(row)}
                  </Link>
                ) : (
                  column.cell(row)
                )}
                {narrow && column === linked ? <div className={classes.narrow}>{narrow(row)}</div> : null}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isCut<Row>({ width }: Column<Row>) {
  return width ? undefined : '';
}

/** `above` keeps a link or button inside a linked row clickable. */
export const listClasses = { above: classes.above ?? '' };
