import '@remix-run/node';

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
  interface AppLoadContext {
    /** Hands a failure that no page could foresee to the server's log. */
    reportError?(error: unknown): void;
  }
}
