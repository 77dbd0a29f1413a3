import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/Button.css';
import '@mantine/core/styles/ActionIcon.css';
import '@mantine/core/styles/VisuallyHidden.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/Group.css';
import '@mantine/core/styles/Stack.css';
import '@mantine/core/styles/Flex.css';
import '@mantine/core/styles/SimpleGrid.css';
import '@mantine/core/styles/Grid.css';
import '@mantine/core/styles/Container.css';
import '@mantine/core/styles/Divider.css';
import '@mantine/core/styles/Loader.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/PasswordInput.css';
import '@mantine/core/styles/Checkbox.css';
import '@mantine/core/styles/Radio.css';
import '@mantine/core/styles/Fieldset.css';
import '@mantine/core/styles/Text.css';
import '@mantine/core/styles/Title.css';
import '@mantine/core/styles/Anchor.css';
import '@mantine/core/styles/Kbd.css';
import '@mantine/core/styles/Code.css';
import '@mantine/core/styles/Skeleton.css';
import '@mantine/core/styles/Table.css';
import '@mantine/core/styles/List.css';
import '@mantine/core/styles/Timeline.css';
import './components/ui/fonts.css';
import './components/ui/tokens.css';
import './components/ui/print.css';
import interLatin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import { ColorSchemeScript, type MantineColorSchemeManager, MantineProvider } from '@mantine/core';
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunction,
  useRouteError,
} from '@remix-run/react';
import { type ReactNode, useEffect } from 'react';
import { PERMISSIONS } from '../server/identity/roles.rules.ts';
import { AnnounceProvider } from './components/ui/announce.tsx';
import { BareErrorPage } from './components/ui/bare-error-page.tsx';
import { ErrorPage } from './components/ui/error-page.tsx';
import { DeskFrame } from './components/ui/frame/desk-frame.tsx';
import { rememberNonce, useNonce } from './components/ui/nonce.ts';
import { tellTimeZone, timeZoneFrom } from './components/ui/time-zone.ts';
import { useRootData } from './components/ui/use-root-data.ts';
import { useTranslation } from './i18n/use-translation.ts';
import { cssVariablesResolver, theme } from './theme.ts';

export const links: LinksFunction = () => [
  { rel: 'icon', type: 'image/svg+xml', href: '/favicon.svg' },
  { rel: 'preload', as: 'font', type: 'font/woff2', href: interLatin, crossOrigin: 'anonymous' },
];

export const meta: MetaFunction = () => [{ title: 'Guichet' }];

export function loader({ request, context }: LoaderFunctionArgs) {
  const { actor, locale, scheme, requestId } = context;
  const timeZone = timeZoneFrom(request.headers.get('cookie'));
  return {
    locale,
    scheme,
    requestId,
    timeZone: timeZone ?? 'UTC',
    timeZoneKnown: timeZone !== null,
    actor: actor && { id: actor.id, name: actor.name, role: actor.role },
    permissions: actor ? PERMISSIONS[actor.role] : [],
  };
}

/** Always, so that an error page quotes the request that failed. */
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

/** The cookie holds the scheme: the server knows it, and no copy in the browser can disagree. */
const cookieHoldsScheme: MantineColorSchemeManager = {
  get: (defaultValue) => defaultValue,
  set: () => {},
  clear: () => {},
  subscribe: () => {},
  unsubscribe: () => {},
};

/** The server's choice; in the browser what is shown already, which script and the system may have changed. */
function shownScheme(scheme: string): string {
  const shown = typeof document === 'undefined' ? undefined : document.documentElement.dataset.mantineColorScheme;
  return shown ?? (scheme === 'dark' ? 'dark' : 'light');
}

/** The document around every page, error pages too. */
export function Layout({ children }: { children: ReactNode }) {
  const { locale, scheme } = useRootData();
  const { nonce, styleNonce } = useNonce();
  const { t, i18n } = useTranslation();
  useEffect(rememberNonce, []);
  return (
    <html
      lang={i18n.language ?? locale}
      dir="ltr"
      data-scheme={scheme}
      data-mantine-color-scheme={shownScheme(scheme)}
      suppressHydrationWarning
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={scheme === 'auto' ? 'light dark' : scheme} />
        <meta name="robots" content="noindex" />
        <Meta />
        <Links />
        {scheme === 'auto' ? (
          <ColorSchemeScript nonce={nonce} defaultColorScheme="auto" suppressHydrationWarning />
        ) : null}
      </head>
      <body>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariablesResolver}
          defaultColorScheme={scheme}
          colorSchemeManager={cookieHoldsScheme}
          getStyleNonce={styleNonce}
        >
          <a href="#main" className="g-skip">
            {t('common.skip_to_content')}
          </a>
          <AnnounceProvider>{children}</AnnounceProvider>
        </MantineProvider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  useEffect(tellTimeZone, []);
  return <Outlet />;
}

export function ErrorBoundary() {
  const error = useRouteError();
  const { actor } = useRootData();
  if (!actor) return <BareErrorPage />;
  return (
    <DeskFrame>
      <ErrorPage error={error} />
    </DeskFrame>
  );
}
