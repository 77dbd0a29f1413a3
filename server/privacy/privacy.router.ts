import { t } from '../trpc/init.ts';
import { mutation, query } from '../trpc/procedures.ts';
import {
  getOwnPrivacyRequest,
  getPrivacyRequest,
  listOwnPrivacyRequests,
  listPrivacyRequests,
} from './privacy.read.ts';
import {
  privacyCreateInput,
  privacyGetInput,
  privacyListInput,
  privacyOwnCreateInput,
  privacyOwnListInput,
  privacyOwnPage,
  privacyPage,
  privacyRequest,
  privacyRequestDetail,
} from './privacy.schema.ts';
import { createPrivacyRequest } from './privacy.service.ts';

const tags = ['privacy'];
const OWN = '/privacy/requests';
const DESK = '/support/privacy-requests';
const created = { action: 'privacy_request_create', target: 'privacy_request' } as const;

const ownRouter = t.router({
  list: query('privacy:own', { method: 'GET', path: OWN, tags, summary: 'My privacy requests, newest first' })
    .input(privacyOwnListInput)
    .output(privacyOwnPage)
    .query(({ ctx, input }) => listOwnPrivacyRequests(ctx.work, input)),

  get: query('privacy:own', { method: 'GET', path: `${OWN}/{id}`, tags, summary: 'One of my privacy requests' })
    .input(privacyGetInput)
    .output(privacyRequestDetail)
    .query(({ ctx, input }) => getOwnPrivacyRequest(ctx.work, input.id)),

  create: mutation(
    'privacy:own',
    created,
    { method: 'POST', path: OWN, tags, summary: 'Ask for access, erasure or rectification' },
    { creates: true },
  )
    .input(privacyOwnCreateInput)
    .output(privacyRequest)
    .mutation(({ ctx, input }) => createPrivacyRequest(ctx.work, { ...input, user_id: ctx.work.actor.id })),
});

export const privacyRouter = t.router({
  own: ownRouter,

  list: query('privacy:read', { method: 'GET', path: DESK, tags, summary: 'Privacy requests, soonest deadline first' })
    .input(privacyListInput)
    .output(privacyPage)
    .query(({ ctx, input }) => listPrivacyRequests(ctx.work, input)),

  get: query('privacy:read', { method: 'GET', path: `${DESK}/{id}`, tags, summary: 'One privacy request' })
    .input(privacyGetInput)
    .output(privacyRequestDetail)
    .query(({ ctx, input }) => getPrivacyRequest(ctx.work, input.id)),

  create: mutation(
    'privacy:create',
    created,
    { method: 'POST', path: DESK, tags, summary: 'Ask on behalf of a customer' },
    { creates: true },
  )
    .input(privacyCreateInput)
    .output(privacyRequest)
    .mutation(({ ctx, input }) => createPrivacyRequest(ctx.work, input)),
});
