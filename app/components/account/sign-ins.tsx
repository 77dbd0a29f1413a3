import { Form } from '@remix-run/react';
import type { OwnSessions } from '../../../server/identity/identity.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import type { FormError } from '../ui/form-error.ts';
import { SubmitButton } from '../ui/submit-button.tsx';
import { Time } from '../ui/time.tsx';
import classes from './account.module.css';

type SignIn = OwnSessions['items'][number];

/** What the person is signed in by, this browser first; each of the others can be ended. */
export function SignIns({ items, error }: { items: readonly SignIn[]; error?: FormError }) {
  const { t } = useTranslation();
  const hasOthers = items.some(({ current }) => !current);
  return (
    <section id="sign-ins" className={classes.section} aria-labelledby="sign-ins-title">
      <h2 id="sign-ins-title">{t('security.sign_ins')}</h2>
      <p className="g-dimmed">{t(hasOthers ? 'security.sign_ins_intro' : 'security.nowhere_else')}</p>
      <ErrorNotice error={error} />
      <ul className={classes.signIns}>
        {items.map((signIn) => (
          <li key={signIn.id} className={`g-card ${classes.signIn}`} data-running={signIn.current || undefined}>
            <SignInFacts signIn={signIn} />
            {signIn.current ? null : <EndSignIn signIn={signIn} />}
          </li>
        ))}
      </ul>
      {hasOthers ? (
        <Form method="post" action="/account/security#sign-ins" preventScrollReset>
          <SubmitButton name="intent" value="end_others" variant="default">
            {t('security.end_others')}
          </SubmitButton>
        </Form>
      ) : null}
    </section>
  );
}

function useName({ kind, current }: SignIn): string {
  const { t } = useTranslation();
  return t(`security.${current ? 'this_browser' : kind}`);
}

function SignInFacts({ signIn }: { signIn: SignIn }) {
  const { t } = useTranslation();
  const name = useName(signIn);
  return (
    <div>
      <h3>{name}</h3>
      <dl className={classes.facts}>
        <div>
          <dt>{t('security.began')}</dt>
          <dd>
            <Time at={signIn.created_at} />
          </dd>
        </div>
        <div>
          <dt>{t(signIn.kind === 'token' ? 'security.renewed' : 'security.used')}</dt>
          <dd>
            <Time at={signIn.last_used_at} />
          </dd>
        </div>
        <div>
          <dt>{t('security.ends')}</dt>
          <dd>
            <Time at={signIn.expires_at} />
          </dd>
        </div>
      </dl>
    </div>
  );
}

/** The button says to those who hear it alone which of the sign-ins it ends. */
function EndSignIn({ signIn }: { signIn: SignIn }) {
  const { t } = useTranslation();
  const name = useName(signIn);
  return (
    <Form method="post" action="/account/security#sign-ins" preventScrollReset>
      <input type="hidden" name="intent" value="end" />
      <SubmitButton name="id" value={signIn.id} variant="default">
        {t('security.sign_out')}
        <span className="g-hidden">
          {' '}
          {name}, <Time at={signIn.created_at} />
        </span>
      </SubmitButton>
    </Form>
  );
}
