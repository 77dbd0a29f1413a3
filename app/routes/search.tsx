import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { searchTarget } from '../components/ui/search-target.ts';

/** Sends the words of the search field to the page that finds them. */
export function loader({ request }: LoaderFunctionArgs) {
  return redirect(searchTarget(new URL(request.url).searchParams.get('query') ?? ''));
}
