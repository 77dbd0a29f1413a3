import { type ActionFunctionArgs, data, type MetaFunction } from '@remix-run/node';
import { Link, useActionData } from '@remix-run/react';
import { checkForm } from '../components/privacy/check-certificate.ts';
import { CheckForm } from '../components/privacy/check-form.tsx';
import { CheckResult } from '../components/privacy/check-result.tsx';
import { PageHeader } from '../components/ui/page-header.tsx';
import { pageTitle } from '../i18n/page-title.ts';
import { useTranslation } from '../i18n/use-translation.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t('privacy.check.title'));

/** Reads, and keeps nothing: the answer is the page. */
export async function action({ request, context }: ActionFunctionArgs) {
  const result = await checkForm(context, await context.form(request));
  return data(result, { status: result.refused ? 400 : 200 });
}

export default function VerifyCertificate() {
  const { t } = useTranslation();
  const result = useActionData<typeof action>();
  return (
    <>
      <PageHeader above={<Link to="/privacy">{t('privacy.title')}</Link>} title={t('privacy.check.title')} />
      {result?.check ? <CheckResult check={result.check} /> : null}
      <CheckForm refused={result?.refused} />
    </>
  );
}
