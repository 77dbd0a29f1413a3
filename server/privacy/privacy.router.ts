import { t } from '../trpc/init.ts';
import { auditedQuery, mutation, partlyAuditedQuery, query } from '../trpc/procedures.ts';
import { checkCertificate } from './certificate.read.ts';
import { previewErasure } from './erasure.preview.ts';
import {
  getOwnPrivacyRequest,
  getPrivacyRequest,
  listOwnPrivacyRequests,
  listPrivacyRequests,
} from './privacy.read.ts';
import { PRIVACY_ACT_RULES, type PrivacyAct } from './privacy.rules.ts';
import {
  certificateCheck,
  certificateCheckInput,
  erasurePreview,
  privacyActInput,
  privacyCreateInput,
  privacyGetInput,
  privacyIdentityInput,
  privacyListInput,
  privacyOwnCreateInput,
  privacyOwnListInput,
  privacyOwnPage,
  privacyPage,
  privacyReasonedActInput,
  privacyRequest,
  privacyRequestDetail,
  privacyRetryInput,
} from './privacy.schema.ts';
import { actOnPrivacyRequest, cancelOwnPrivacyRequest, createPrivacyRequest } from './privacy.service.ts';

const tags = ['privacy'];
const OWN = '/privacy/requests';
const DESK = '/support/privacy-requests';
const created = { action: 'privacy_request_create', target: 'privacy_request' } as const;

/** One act of the table; what it needs and leaves is said there. */
function act<Name extends PrivacyAct>(name: Name, summary: string) {
  const { permission, action } = PRIVACY_ACT_RULES[name];
  const rest = { method: 'POST', path: `${DESK}/{id}/${name}`, tags, summary } as const;
  return mutation(permission, { action, target: 'privacy_request' }, rest);
}

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

  cancel: mutation(
    'privacy:own',
    { action: PRIVACY_ACT_RULES.cancel.action, target: 'privacy_request' },
    { method: 'POST', path: `${OWN}/{id}/cancel`, tags, summary: 'Take back a request that is not decided' },
  )
    .input(privacyActInput)
    .output(privacyRequest)
    .mutation(({ ctx, input }) => cancelOwnPrivacyRequest(ctx.work, input)),
});

export const privacyRouter = t.router({
  own: ownRouter,

  list: partlyAuditedQuery(
    'privacy:read',
    { action: 'privacy_request_read', target: 'user', when: ({ user_id }) => user_id !== undefined },
    { method: 'GET', path: DESK, tags, summary: 'Privacy requests, soonest deadline first' },
  )
    .input(privacyListInput)
    .output(privacyPage)
    .query(({ ctx, input }) => listPrivacyRequests(ctx.work, input)),

  get: auditedQuery(
    'privacy:read',
    { action: 'privacy_request_read', target: 'privacy_request' },
    { method: 'GET', path: `${DESK}/{id}`, tags, summary: 'One privacy request' },
  )
    .input(privacyGetInput)
    .output(privacyRequestDetail)
    .query(({ ctx, input }) => getPrivacyRequest(ctx.work, input.id)),

  erasurePreview: query('privacy:read', {
    method: 'GET',
    path: `${DESK}/{id}/erasure_preview`,
    tags,
    summary: 'What an erasure would erase, and what it keeps on which article',
  })
    .input(privacyGetInput)
    .output(erasurePreview)
    .query(({ ctx, input }) => previewErasure(ctx.work, input.id)),

  verifyCertificate: query('privacy:read', {
    method: 'POST',
    path: '/support/certificates/verify',
    tags,
    summary: 'Check a certificate: its seals, and what this desk keeps',
  })
    .input(certificateCheckInput)
    .output(certificateCheck)
    .query(({ ctx, input }) => checkCertificate(ctx.work.em, ctx.desk.sealKey, input.certificate)),

  create: mutation(
    'privacy:create',
    created,
    { method: 'POST', path: DESK, tags, summary: 'Ask on behalf of a customer' },
    { creates: true },
  )
    .input(privacyCreateInput)
    .output(privacyRequest)
    .mutation(({ ctx, input }) => createPrivacyRequest(ctx.work, input)),

  verifyIdentity: act('verify_identity', 'Record how the identity of who asked was checked')
    .input(privacyIdentityInput)
    .output(privacyRequest)
    .mutation(({ ctx, input }) => actOnPrivacyRequest(ctx.work, 'verify_identity', input)),

  approve: act('approve', 'Approve; access and erasure are then carried out in the background')
    .input(privacyActInput)
    .output(privacyRequest)
    .mutation(({ ctx, input }) => actOnPrivacyRequest(ctx.work, 'approve', input)),

  deny: act('deny', 'Deny, with the reason')
    .input(privacyReasonedActInput)
    .output(privacyRequest)
    .mutation(({ ctx, input }) => actOnPrivacyRequest(ctx.work, 'deny', input)),

  extend: act('extend', 'Extend the deadline once by two months, with the reason')
    .input(privacyReasonedActInput)
    .output(privacyRequest)
    .mutation(({ ctx, input }) => actOnPrivacyRequest(ctx.work, 'extend', input)),

  retry: act('retry', 'Carry out again what failed')
    .input(privacyRetryInput)
    .output(privacyRequest)
    .mutation(({ ctx, input }) => actOnPrivacyRequest(ctx.work, 'retry', input)),

  complete: act('complete', 'Complete a rectification that was done by hand')
    .input(privacyActInput)
    .output(privacyRequest)
    .mutation(({ ctx, input }) => actOnPrivacyRequest(ctx.work, 'complete', input)),

  cancel: act('cancel', 'Cancel a request that is not decided')
    .input(privacyActInput)
    .output(privacyRequest)
    .mutation(({ ctx, input }) => actOnPrivacyRequest(ctx.work, 'cancel', input)),
});
