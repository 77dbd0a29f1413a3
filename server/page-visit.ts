/** The address of a page, of a request for the page or for its data alone. */
const pageOf = ({ pathname }: URL) => pathname.replace(/\.data$/, '').replace(/(?<=.)\/$/, '');

/**
 * Whether the page at this address itself asks for it: it is read again after an act or while something is under way. Its
 * browser says so, hence readings are left out only where one of the same visit is kept (`unlessSameVisit`).
 */
export function isOfThePageItself(referer: string | null, url: URL): boolean {
  const from = referer ? URL.parse(referer) : null;
  return from !== null && pageOf(from) === pageOf(url);
}
