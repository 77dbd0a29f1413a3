import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { ERROR_MESSAGES, ERRORS } from '../../server/errors.rules.ts';
import { pageTitle } from '../i18n/page-title.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t('error_page.title_not_found'));

export function loader({ context }: LoaderFunctionArgs) {
  const code = 'route_not_found';
  const error = { code, message: ERROR_MESSAGES[code], details: {}, request_id: context.requestId };
  throw data({ error }, { status: ERRORS[code].status });
}

export default function NotFound() {
  return null;
}
