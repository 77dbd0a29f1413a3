import { PassThrough } from 'node:stream';
import { type AppLoadContext, createReadableStreamFromReadable, type EntryContext } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { NonceContext } from './components/ui/nonce.ts';
import en from './i18n/en.json';
import fr from './i18n/fr.json';
import { i18nFor, registerMessages } from './i18n/i18n.ts';

registerMessages('en', en);
registerMessages('fr', fr);

/** How long deferred data may take, and a moment more for what was rendered to leave. */
export const streamTimeout = 5_000;
const RENDER_TIMEOUT = streamTimeout + 1_000;

/** Renders a page: at once its shell for people, all of it for robots. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  const nonce = context.cspNonce;
  const ready = isbot(request.headers.get('user-agent')) ? 'onAllReady' : 'onShellReady';

  return new Promise((resolve, reject) => {
    let shellSent = false;
    let responseStatus = status;
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <I18nextProvider i18n={i18nFor(context.locale)}>
          <RemixServer context={remixContext} url={request.url} abortDelay={RENDER_TIMEOUT} nonce={nonce} />
        </I18nextProvider>
      </NonceContext.Provider>,
      {
        nonce,
        [ready]() {
          shellSent = true;
          const body = new PassThrough();
          headers.set('content-type', 'text/html; charset=utf-8');
          headers.set('content-language', context.locale);
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status: responseStatus }));
          pipe(body);
        },
        onShellError: reject,
        onError(error: unknown) {
          responseStatus = 500;
          if (shellSent && !request.signal.aborted) context.reportError(error);
        },
      },
    );
    setTimeout(abort, RENDER_TIMEOUT).unref();
  });
}

/** What loaders and actions throw by surprise goes to the server's log, not to the console. */
export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }): void {
  if (!request.signal.aborted) context.reportError(error);
}
