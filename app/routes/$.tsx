import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { refusal } from '../components/ui/refusal.ts';
import { pageTitle } from '../i18n/page-title.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t('error_page.title_not_found'));

export function loader({ context }: LoaderFunctionArgs) {
  throw refusal('route_not_found', context.requestId);
}

export default function NotFound() {
  return null;
}
