/** Text as a form field held it: browsers send line ends as CR LF (HTML, "constructing the entry list"). */
export function typedText(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : '';
}
