import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link } from '@remix-run/react';
import { BareErrorPage } from '../components/ui/bare-error-page.tsx';
import { BarePage } from '../components/ui/bare-page.tsx';
import classes from '../components/ui/sign-in.module.css';
import { pageTitle } from '../i18n/page-title.ts';
import { useTranslation } from '../i18n/use-translation.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t('auth.sign_out_title'));

export function loader({ context }: LoaderFunctionArgs) {
  return context.actor ? null : redirect('/login');
}

export async function action({ request, context }: ActionFunctionArgs) {
  return redirect('/login?signed_out=1', { status: 303, headers: await context.signOut(request) });
}

/** For those who come here by address: signing out is a POST, so that no link can do it to them. */
export default function Logout() {
  const { t } = useTranslation();
  return (
    <BarePage>
      <div className={classes.card}>
        <h1>{t('auth.sign_out_title')}</h1>
        <p className={classes.intro}>{t('auth.sign_out_question')}</p>
        <Form method="post" className={classes.choice} reloadDocument>
          <button type="submit" className={classes.submit}>
            {t('auth.sign_out')}
          </button>
          <Link to="/">{t('error_page.home')}</Link>
        </Form>
      </div>
    </BarePage>
  );
}

export { BareErrorPage as ErrorBoundary };
