import { Form, Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { can } from '../../../server/identity/roles.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { LanguageSwitch, SchemeSwitch } from '../ui/frame/preference-switches.tsx';
import { IconArrowBackUp, IconLogout } from '../ui/icons.ts';
import { useRootData } from '../ui/use-root-data.ts';
import { Wordmark } from '../ui/wordmark.tsx';
import classes from './account.module.css';

/** The frame of a customer's own page: who we are, language, colours, signing out; agents find back to their desk. */
export function AccountFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { actor } = useRootData();
  return (
    <div className={classes.frame}>
      <header className={classes.topbar}>
        <div>
          <Wordmark />
          <div className={classes.tools}>
            {can(actor?.role, 'incident:read') ? (
              <Link to="/" className={classes.tool} title={t('account.back_to_desk')}>
                <IconArrowBackUp size={18} aria-hidden /> <span>{t('account.back_to_desk')}</span>
              </Link>
            ) : null}
            <LanguageSwitch />
            <SchemeSwitch />
            {actor ? (
              <Form method="post" action="/logout" reloadDocument>
                <button type="submit" className={classes.tool} title={t('auth.sign_out')}>
                  <IconLogout size={18} aria-hidden /> <span>{t('auth.sign_out')}</span>
                </button>
              </Form>
            ) : null}
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1} className={classes.main}>
        {children}
      </main>
    </div>
  );
}
