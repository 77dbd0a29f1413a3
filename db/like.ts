/**
 * A fragment to look for, in SQL: the text of `parameter` folded as `search_text` is, and only then its wildcards taken
 * literally, because the fold makes ASCII ones of those of other widths (`％`, `＿`, `＼`). Null, which is found nowhere,
 * when nothing is left of it.
 */
export function likeFragment(parameter: string): string {
  return `nullif(regexp_replace(guichet_fold(${parameter}), '[\\\\%_]', '\\\\\\&', 'g'), '')`;
}
