import {
  type ActionFunctionArgs,
  type AppLoadContext,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData, useRouteError, useSearchParams } from '@remix-run/react';
import { isOpenPrivacyRequest, PRIVACY_KINDS, type PrivacyKind } from '../../server/privacy/privacy.rules.ts';
import classes from '../components/account/account.module.css';
import { AccountFrame } from '../components/account/account-frame.tsx';
import { AskForm, type AskValues } from '../components/account/ask-form.tsx';
import { DoneNotice } from '../components/account/done-notice.tsx';
import { OwnData, OwnSubscription } from '../components/account/own-data.tsx';
import { OwnRequests } from '../components/account/own-requests.tsx';
import { detailsOf } from '../components/privacy/details-of.ts';
import { isWorking, useRefreshedOnReturn, useRefreshedWhile } from '../components/privacy/follow-work.ts';
import { ErrorPage } from '../components/ui/error-page.tsx';
import { formError } from '../components/ui/form-error.ts';
import { createOnce, FORM_KEY, keyAfter } from '../components/ui/form-key.ts';
import { Pagination } from '../components/ui/pagination.tsx';
import { typedText } from '../components/ui/typed-text.ts';
import { pageTitle } from '../i18n/page-title.ts';
import { useTranslation } from '../i18n/use-translation.ts';

/** A person has few requests; each is shown with its history. */
const PAGE_SIZE = 5;

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t('account.title'));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { trpc } = context;
  const me = await trpc.me.get();
  const cursor = new URL(request.url).searchParams.get('cursor') || undefined;
  const { items, next_cursor, prev_cursor } = await trpc.privacy.own.list({ limit: PAGE_SIZE, cursor });
  const requests = await Promise.all(items.map(({ id }) => trpc.privacy.own.get({ id })));
  const recent = context.isRecentlyAuthenticated();
  return { me, requests, page: { next_cursor, prev_cursor }, formKey: crypto.randomUUID(), recent };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await context.form(request);
  const field = (name: string) => typedText(form.get(name));
  if (field('intent') === 'confirm') return confirm(context, form, field('id'));
  if (field('intent') === 'cancel') return cancel(context, field('id'), field('version'));
  return ask(context, { kind: field('kind'), details: field('details') }, field(FORM_KEY));
}

async function ask({ once, requestId }: AppLoadContext, values: AskValues, key: string) {
  const kind = values.kind as PrivacyKind;
  const input = { kind, ...detailsOf(kind, values.details) };
  try {
    await createOnce(() => once(key).privacy.own.create(input));
    return redirect(`/account?asked=${kind}#requests`, 303);
  } catch (thrown) {
    const error = formError(thrown, requestId);
    return data(
      { asked: { error, values, formKey: keyAfter(error, key) }, canceled: undefined, confirmed: undefined },
      { status: error.status },
    );
  }
}

async function cancel({ trpc, requestId }: AppLoadContext, id: string, version: string) {
  try {
    await trpc.privacy.own.cancel({ id, version });
    return redirect('/account?canceled=1#requests', 303);
  } catch (thrown) {
    const error = formError(thrown, requestId);
    return data({ asked: undefined, canceled: { id, error }, confirmed: undefined }, { status: error.status });
  }
}

/** The password, once more: the export can be taken from then on, for a while. */
async function confirm(context: AppLoadContext, form: FormData, id: string) {
  try {
    await context.reauthenticate(form);
    return redirect('/account?confirmed=1#requests', 303);
  } catch (thrown) {
    const error = formError(thrown, context.requestId);
    return data({ asked: undefined, canceled: undefined, confirmed: { id, error } }, { status: error.status });
  }
}

export default function Account() {
  const { t } = useTranslation();
  const { me, requests, page, formKey, recent } = useLoaderData<typeof loader>();
  const failed = useActionData<typeof action>();
  const [params] = useSearchParams();
  const open = requests.filter(({ status }) => isOpenPrivacyRequest(status)).map(({ kind }) => kind);
  useRefreshedWhile(requests.some(isWorking));
  useRefreshedOnReturn(open.length > 0);
  const asked = PRIVACY_KINDS.find((kind) => kind === params.get('asked') && open.includes(kind));
  return (
    <AccountFrame>
      <header className={classes.hello}>
        <h1>{t('account.title')}</h1>
        <p>{t('account.intro')}</p>
      </header>
      <div className={classes.pair}>
        <OwnData user={me.user} />
        <OwnSubscription subscription={me.subscription} />
      </div>
      {asked && !failed ? <DoneNotice key={asked} words={t('account.asked')} /> : null}
      {params.has('canceled') && !failed ? <DoneNotice words={t('account.canceled')} /> : null}
      {params.has('confirmed') && recent && !failed ? <DoneNotice words={t('account.confirmed')} /> : null}
      <OwnRequests
        requests={requests}
        recent={recent}
        failedCancel={failed?.canceled}
        failedConfirm={failed?.confirmed}
      />
      <Pagination page={page} byTime />
      {/* New with each request that was made; what is being typed outlives a refresh. */}
      <AskForm key={requests[0]?.id} open={open} formKey={formKey} failed={failed?.asked} />
    </AccountFrame>
  );
}

export function ErrorBoundary() {
  return (
    <AccountFrame>
      <ErrorPage error={useRouteError()} />
    </AccountFrame>
  );
}
