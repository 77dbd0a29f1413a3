/** Constants of ours as what stands in an SQL `in (...)`; never anybody's input. */
export function sqlList(constants: readonly string[]): string {
  return constants.map((constant) => `'${constant}'`).join(', ');
}
