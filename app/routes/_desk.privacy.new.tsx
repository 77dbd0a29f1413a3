import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { isOpenPrivacyRequest } from '../../server/privacy/privacy.rules.ts';
import { askOnBehalf } from '../components/privacy/ask-on-behalf.ts';
import classes from '../components/privacy/on-behalf.module.css';
import { OnBehalfForm } from '../components/privacy/on-behalf-form.tsx';
import { OpenRequests } from '../components/privacy/open-requests.tsx';
import { EmptyState } from '../components/ui/empty-state.tsx';
import { FindCustomer } from '../components/ui/find-customer.tsx';
import { IconUserOff } from '../components/ui/icons.ts';
import { PageHeader } from '../components/ui/page-header.tsx';
import { PersonName } from '../components/ui/person-name.tsx';
import { pageTitle } from '../i18n/page-title.ts';
import { useTranslation } from '../i18n/use-translation.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t('privacy.on_behalf.title'));

/** Shows whose request it will be; that is a look into their dossier, and recorded as one. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const userId = new URL(request.url).searchParams.get('user_id');
  const formKey = crypto.randomUUID();
  if (!userId) return { customer: null, formKey };
  const { user, privacy_requests } = await context.trpc.dossier.get({ user_id: userId });
  const open = privacy_requests.filter(({ status }) => isOpenPrivacyRequest(status));
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
  const title = t('privacy.on_behalf.title');
  if (!customer) {
    return (
      <>
        <PageHeader title={title} />
        <FindCustomer>{t('privacy.on_behalf.for_whom_text')}</FindCustomer>
      </>
    );
  }
  const { user, open } = customer;
  if (user.erased_at) {
    return (
      <>
        <PageHeader title={title} />
        <EmptyState title={t('common.erased_person')} icon={IconUserOff}>
          <Link to={`/users/${user.id}`}>{t('users.open_dossier')}</Link>
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={title}
        meta={
          <>
            <Link to={`/users/${user.id}`}>
              <PersonName name={user.name} />
            </Link>
            <bdi>{user.email}</bdi>
          </>
        }
      />
      <div className={classes.columns}>
        <section className={`g-card ${classes.card}`} aria-label={title}>
          <OnBehalfForm userId={user.id} open={open} formKey={formKey} failed={failed} />
        </section>
        <OpenRequests requests={open} />
      </div>
    </>
  );
}
