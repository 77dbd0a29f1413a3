import {
  type ActionFunctionArgs,
  type AppLoadContext,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Link, useActionData, useLoaderData, useRouteError, useSearchParams } from '@remix-run/react';
import classes from '../components/account/account.module.css';
import { AccountFrame } from '../components/account/account-frame.tsx';
import { ChangePassword } from '../components/account/change-password.tsx';
import { DoneNotice } from '../components/account/done-notice.tsx';
import { SignIns } from '../components/account/sign-ins.tsx';
import { ErrorPage } from '../components/ui/error-page.tsx';
import { formError } from '../components/ui/form-error.ts';
import { typedText } from '../components/ui/typed-text.ts';
import { pageTitle } from '../i18n/page-title.ts';
import { useTranslation } from '../i18n/use-translation.ts';

/** What was done, in the address that leads on, by the words that say so. */
const DONE = ['changed', 'ended', 'ended_others'] as const;

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t('security.title'));

export async function loader({ context: { trpc } }: LoaderFunctionArgs) {
  const [{ user }, { items }] = await Promise.all([trpc.me.get(), trpc.me.sessions()]);
  return { email: user.email, changedAt: user.updated_at, items };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await context.form(request);
  const intent = typedText(form.get('intent'));
  try {
    return redirect(`/account/security?done=${await act(context, intent, form)}`, 303);
  } catch (thrown) {
    const error = formError(thrown, context.requestId);
    return data({ ofPassword: intent === 'password', error }, { status: error.status });
  }
}

async function act({ trpc }: AppLoadContext, intent: string, form: FormData): Promise<(typeof DONE)[number]> {
  if (intent === 'end') {
    await trpc.me.endSession({ id: typedText(form.get('id')) });
    return 'ended';
  }
  if (intent === 'end_others') {
    await trpc.me.endOtherSessions();
    return 'ended_others';
  }
  // Passwords as they were typed, whatever is in them.
  const typed = (name: string) => String(form.get(name) ?? '');
  await trpc.me.changePassword({ current_password: typed('current_password'), new_password: typed('new_password') });
  return 'changed';
}

export default function Security() {
  const { t } = useTranslation();
  const { email, changedAt, items } = useLoaderData<typeof loader>();
  const failed = useActionData<typeof action>();
  const [params] = useSearchParams();
  const done = DONE.find((each) => each === params.get('done'));
  return (
    <AccountFrame>
      <header className={classes.hello}>
        <p className={classes.back}>
          <Link to="/account">{t('security.back')}</Link>
        </p>
        <h1>{t('security.title')}</h1>
        <p>{t('security.intro')}</p>
      </header>
      {/* New with each act, so that a second one is told too. */}
      {done && !failed ? (
        <DoneNotice key={`${changedAt} ${items.map(({ id }) => id)}`} words={t(`security.${done}`)} />
      ) : null}
      <div className={classes.section}>
        {/* New once the password is changed: the old one is not left in its fields. */}
        <ChangePassword key={changedAt} email={email ?? ''} error={failed?.ofPassword ? failed.error : undefined} />
      </div>
      <SignIns items={items} error={failed && !failed.ofPassword ? failed.error : undefined} />
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
