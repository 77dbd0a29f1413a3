import type {} from '@remix-run/node';
import type { Actor } from './request-context.ts';
import type { Caller } from './trpc/router.ts';
import type { Locale } from './users/users.schema.ts';

export type ColorScheme = 'light' | 'dark' | 'auto';

/** All that a Remix loader or action gets from the server; `app/` imports the server at run time in no other way. */
export type LoadContext = {
  /** Queries that fail throw a Response for the error page; mutations that fail throw, for the form to show. */
  trpc: Caller;
  /** The same, for one form: a creation sent again with the form's key gives the first answer and makes nothing. */
  once(formKey: string): Caller;
  actor: Actor | null;
  locale: Locale;
  scheme: ColorScheme;
  cspNonce: string;
  requestId: string;
  /**
   * The form that the request brings. Whoever is not signed in is asked to first, unless everybody may send it.
   * Throws a Response: to sign in, or for the error page when it is no form that can be read.
   */
  form(request: Request, from?: 'everybody'): Promise<FormData>;
  /** What a loader throws to refuse the whole page to somebody whose role does not allow it; it is kept in the audit. */
  refusePage(): Promise<Response>;
  /** Signs in from a form's `email` and `password`; the headers set the session cookie. Throws AppError. */
  signIn(form: FormData): Promise<Headers>;
  /** Takes the `password` of a form from whoever is signed in, which counts as recent from then on. Throws AppError. */
  reauthenticate(form: FormData): Promise<void>;
  /** Whether the password was given recently enough for what demands that. */
  isRecentlyAuthenticated(): boolean;
  signOut(request: Request): Promise<Headers>;
  /** The ZIP of one of the caller's own access requests, to be given back as it is. Throws a Response when refused. */
  openArchive(privacyRequestId: string): Promise<Response>;
  /** Logs a failure that no page could foresee (a bug in a loader, an action or a rendering). */
  reportError(error: unknown): void;
};

declare module '@remix-run/node' {
  interface AppLoadContext extends LoadContext {}
}
