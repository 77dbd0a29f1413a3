/** Text as a form field held it: browsers send line ends as CR LF (HTML, "constructing the entry list"). */
export function typedText(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : '';
}

/** How many characters (code points) the desk will count in `text`: trimmed, as it is kept. */
export function charactersOf(text: string): number {
  return [...text.trim()].length;
}
