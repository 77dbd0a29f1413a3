import type { TFunction } from 'i18next';
import type { Locale } from '../../server/users/users.schema.ts';
import { i18nFor } from './i18n.ts';

type Matches = readonly ({ id: string; data: unknown } | undefined)[];

/**
 * The title of a page in the page's language, for a route's `meta`:
 * `export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t('incidents.title'));`
 */
export function pageTitle(matches: Matches, title: (t: TFunction) => string): [{ title: string }] {
  const root = matches.find((match) => match?.id === 'root')?.data as { locale?: Locale } | undefined;
  const t = i18nFor(root?.locale ?? 'en').t;
  return [{ title: `${title(t)} · ${t('common.app_name')}` }];
}
