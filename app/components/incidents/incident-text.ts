/** How many characters (code points) the desk will count in `text`: trimmed, as it is kept. */
export function charactersOf(text: string): number {
  return [...text.trim()].length;
}
