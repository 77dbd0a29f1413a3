import { RemixBrowser } from '@remix-run/react';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { i18nFor, registerMessages } from './i18n/i18n.ts';

const locale = document.documentElement.lang === 'fr' ? 'fr' : 'en';
const loading = locale === 'fr' ? import('./i18n/fr.json') : import('./i18n/en.json');

/**
 * Remix decodes the page's state in its first render, before any hook, and throws the promise of it. Hydration must not
 * wait for that: who types meanwhile would have the page drawn anew under their hands (remix-run/remix#10214).
 */
async function stateDecoded(): Promise<void> {
  try {
    RemixBrowser({});
  } catch (pending) {
    await pending;
  }
}

void Promise.all([loading, stateDecoded()]).then(([{ default: messages }]) => {
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
