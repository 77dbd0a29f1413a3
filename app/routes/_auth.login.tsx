import { PasswordInput, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, useActionData, useNavigation, useSearchParams } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { BareErrorPage } from '../components/ui/bare-error-page.tsx';
import { BarePage } from '../components/ui/bare-page.tsx';
import { ErrorNotice } from '../components/ui/error-notice.tsx';
import { formError, useFieldErrors } from '../components/ui/form-error.ts';
import { sameOriginPath } from '../components/ui/same-origin-path.ts';
import classes from '../components/ui/sign-in.module.css';
import { pageTitle } from '../i18n/page-title.ts';
import { useTranslation } from '../i18n/use-translation.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t('auth.sign_in_title'));

export function loader({ request, context }: LoaderFunctionArgs) {
  if (context.actor) throw redirect(sameOriginPath(new URL(request.url).searchParams.get('next')));
  return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await context.form(request, 'everybody');
  try {
    const headers = await context.signIn(form);
    return redirect(sameOriginPath(form.get('next')), { status: 303, headers });
  } catch (thrown) {
    const error = formError(thrown, context.requestId);
    const email = form.get('email');
    return data({ error, email: typeof email === 'string' ? email : '' }, { status: error.status });
  }
}

export default function Login() {
  const { t } = useTranslation();
  const failed = useActionData<typeof action>();
  const fieldErrors = useFieldErrors(failed?.error);
  const [params] = useSearchParams();
  const next = params.get('next');
  const sending = useNavigation().state !== 'idle';
  const password = useRef<HTMLInputElement>(null);

  // Sent without a reload, the button took the focus along.
  useEffect(() => {
    if (!failed) return;
    password.current?.focus();
    password.current?.select();
  }, [failed]);

  const notice = params.has('signed_out') ? t('auth.signed_out') : next && next !== '/' ? t('auth.keep_unsent') : null;
  return (
    <BarePage>
      <div className={classes.card}>
        <h1>{t('auth.sign_in_title')}</h1>
        <p className={classes.intro}>{notice ?? t('common.tagline')}</p>
        <Form method="post" className={classes.form}>
          <ErrorNotice error={failed?.error} />
          {next ? <input type="hidden" name="next" value={next} /> : null}
          <TextInput
            label={t('auth.email')}
            name="email"
            type="email"
            autoComplete="username"
            size="md"
            required
            withAsterisk={false}
            autoFocus={!failed}
            defaultValue={failed?.email}
            error={fieldErrors.email}
          />
          <PasswordInput
            ref={password}
            label={t('auth.password')}
            name="password"
            autoComplete="current-password"
            size="md"
            required
            withAsterisk={false}
            autoFocus={Boolean(failed)}
            error={fieldErrors.password}
            aria-invalid={fieldErrors.password ? true : undefined}
            visibilityToggleButtonProps={{ 'aria-label': t('auth.show_password'), className: 'g-script-only' }}
          />
          <button type="submit" className={classes.submit} disabled={sending}>
            {sending ? t('auth.signing_in') : t('auth.sign_in')}
          </button>
        </Form>
      </div>
    </BarePage>
  );
}

export { BareErrorPage as ErrorBoundary };
