import { RemixBrowser } from '@remix-run/react';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { i18nFor, registerMessages } from './i18n/i18n.ts';

const locale = document.documentElement.lang === 'fr' ? 'fr' : 'en';
const loading = locale === 'fr' ? import('./i18n/fr.json') : import('./i18n/en.json');

void loading.then(({ default: messages }) => {
  registerMessages(locale, messages);
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <I18nextProvider i18n={i18nFor(locale)}>
          <RemixBrowser />
        </I18nextProvider>
      </StrictMode>,
    );
  });
});
