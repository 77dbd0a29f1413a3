import type { AppLoadContext } from '@remix-run/node';

/** What the actions of these pages use of the load context. */
export type ActionContext = Pick<AppLoadContext, 'trpc' | 'once' | 'actor' | 'requestId'>;
