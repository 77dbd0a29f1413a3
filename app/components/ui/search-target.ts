import { searchWords } from './search-words.ts';

const INCIDENT_NUMBER = /^#?(\d{1,9})$/;

/** Where the search field leads: a number (`1042`, `#1042`) is an incident's, all else is a person. */
export function searchTarget(query: string): string {
  const words = searchWords(query);
  if (!words) return '/users';
  const number = INCIDENT_NUMBER.exec(words)?.[1];
  return number ? `/incidents?query=${number}` : `/users?query=${encodeURIComponent(words)}`;
}
