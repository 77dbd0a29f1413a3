import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../db/seed/random.ts';
import { can } from '../../server/identity/roles.rules.ts';
import {
  allowedIncidentTransitions,
  type IncidentStatus,
  incidentChangeAction,
} from '../../server/incidents/incidents.rules.ts';
import { PRIVACY_ACT_RULES, type PrivacyAct, type PrivacyKind } from '../../server/privacy/privacy.rules.ts';
import { type Api, NotAcknowledged } from './api.ts';
import type { Ledger, Noted } from './ledger.ts';

const INCIDENTS = '/support/incidents';
const REQUESTS = '/support/privacy-requests';

/** Who acts, on whom, and by which chances. */
export type Writing = {
  ledger: Ledger;
  support: Api;
  ops: Api;
  /** Customers whom nobody erases. */
  customers: readonly string[];
  random: Random;
  keys: () => string;
};

export type Stopping = { now: boolean };

/** Opens, moves and closes incidents until told to stop; ends with nothing in doubt. */
export async function writeIncidents(writing: Writing, stopping: Stopping): Promise<void> {
  const open: Noted[] = [];
  while (!stopping.now) {
    await acknowledgedOrNoted(() => incidentAct(writing, open));
    await sleep(writing.random.int(1, 15));
  }
}

async function incidentAct(writing: Writing, open: Noted[]): Promise<void> {
  const { ledger, support, customers, random } = writing;
  if (open.length < 3 || random.chance(0.3)) {
    open.push(await createIncident(writing));
    return;
  }
  const index = random.int(0, open.length - 1);
  const incident = open[index];
  if (!incident) return;
  const from = incident.status as IncidentStatus;
  const to = random.pick(allowedIncidentTransitions(from, 'support'));
  // Whatever becomes of it, one that was not acknowledged is left alone.
  open.splice(index, 1);
  const api = random.chance(0.3) ? writing.ops : support;
  const version = await api.change('PATCH', `${INCIDENTS}/${incident.id}`, {
    ...{ status: to, assignee_id: random.chance(0.2) ? api.account.id : null },
    version: incident.version,
  });
  ledger.moved(incident, to, version, incidentChangeAction(to, from));
  if (to !== 'closed' && open.length < customers.length) open.push(incident);
}

async function createIncident({ ledger, support, customers, random, keys }: Writing): Promise<Noted> {
  const key = keys();
  const body = {
    user_id: random.pick(customers),
    category: random.pick(['account', 'subscription', 'content']),
    priority: random.pick(['low', 'medium', 'high']),
    title: `Under torture ${key}`,
    description: 'A kill may come at any moment.',
  };
  const { id, status, version } = await support.create(INCIDENTS, key, body);
  const row = { type: 'incident' as const, id, key, actor: support.account.id, kind: '', status, version };
  const noted = ledger.created(row, 'support_incident_create');
  if (random.chance(0.15)) await support.repeat(INCIDENTS, key, body, id);
  return noted;
}

/** Someone who asks for something once. */
export type Asking = { kind: PrivacyKind; userId: string; own: Api | null };

/** Takes these through the workflow, each in a way of its own, then writes about incidents until told to stop. */
export async function writeRequests(writing: Writing, asking: Asking[], stopping: Stopping): Promise<void> {
  for (const one of asking) {
    if (stopping.now) return;
    await acknowledgedOrNoted(() => requestCourse(writing, one));
    await sleep(writing.random.int(1, 60));
  }
  await writeIncidents(writing, stopping);
}

async function requestCourse(writing: Writing, asking: Asking): Promise<void> {
  const { random } = writing;
  const request = await createRequest(writing, asking);
  const act = (name: PrivacyAct, more: object = {}) => requestAct(writing, request, name, more);
  if (asking.kind === 'erasure') {
    await act('verify_identity', { means: 'document' });
    return act('approve');
  }
  if (asking.kind === 'access') return act('approve');
  if (random.chance(0.5)) await act('extend', { reason: 'It takes long.' });
  const course = random.pick(['deny', 'cancel', 'complete'] as const);
  if (course === 'complete') await act('approve');
  await act(course, { reason: 'It was looked at.' });
}

async function createRequest(writing: Writing, { kind, userId, own }: Asking): Promise<Noted> {
  const { ledger, support, keys } = writing;
  const key = keys();
  const api = own ?? support;
  const path = own ? '/privacy/requests' : REQUESTS;
  const body = { kind, details: `Under torture ${key}`, ...(own ? {} : { user_id: userId, reason: 'By letter.' }) };
  const { id, status, version } = await api.create(path, key, body);
  const row = { type: 'privacy_request' as const, id, key, actor: api.account.id, kind, status, version };
  const noted = ledger.created(row, 'privacy_request_create');
  // The erasure of its person takes the key away.
  if (kind !== 'erasure' && writing.random.chance(0.3)) await api.repeat(path, key, body, id);
  return noted;
}

async function requestAct(writing: Writing, request: Noted, act: PrivacyAct, more: object): Promise<void> {
  const { to, action, permission } = PRIVACY_ACT_RULES[act];
  const { ledger } = writing;
  const api = can('support', permission) ? writing.support : writing.ops;
  const body = { ...more, version: request.version };
  const version = await api.change('POST', `${REQUESTS}/${request.id}/${act}`, body);
  const passed = act === 'complete' && request.status === 'approved' ? ['privacy_request_process'] : [];
  ledger.moved(request, to ?? request.status, version, action, ...passed);
}

/** What was not acknowledged stands in the ledger as a fault already; the writer goes on. */
async function acknowledgedOrNoted(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof NotAcknowledged)) throw error;
  }
}
