import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { askOnBehalf } from '../components/privacy/ask-on-behalf.ts';
import { OnBehalfForm } from '../components/privacy/on-behalf-form.tsx';
import { OpenRequests } from '../components/privacy/open-requests.tsx';
import { AboutCustomer } from '../components/ui/about-customer.tsx';
import { pageTitle } from '../i18n/page-title.ts';
import { useTranslation } from '../i18n/use-translation.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t('privacy.on_behalf.title'));

/** Shows whose request it will be; that is a look into their dossier, and recorded as one. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const userId = new URL(request.url).searchParams.get('user_id');
  const formKey = crypto.randomUUID();
  if (!userId) return { customer: null, formKey };
  const { user, open_privacy_requests: open } = await context.trpc.dossier.get({ user_id: userId });
  return { customer: { user, open }, formKey };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const userId = new URL(request.url).searchParams.get('user_id') ?? '';
  const result = await askOnBehalf(context, userId, await context.form(request));
  if (result.error) return data(result, { status: result.error.status });
  return redirect(`/privacy/${result.request.id}?done=create`, 303);
}

export default function AskOnBehalf() {
  const { t } = useTranslation();
  const { customer, formKey } = useLoaderData<typeof loader>();
  const failed = useActionData<typeof action>();
  const { user = null, open = [] } = customer ?? {};
  return (
    <AboutCustomer
      title={t('privacy.on_behalf.title')}
      user={user}
      whom={t('privacy.on_behalf.for_whom_text')}
      beside={<OpenRequests requests={open} />}
    >
      <OnBehalfForm userId={user?.id ?? ''} open={open} formKey={formKey} failed={failed} />
    </AboutCustomer>
  );
}
