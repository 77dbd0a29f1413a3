import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../../server/testing/desk.ts';
import type { ActionContext } from './action-context.ts';
import { changeIncident } from './change-incident.ts';
import { openIncident } from './open-incident.ts';
import { takeIncident } from './take-incident.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

/** What a route's action gets of the server. */
function contextOf(role: 'support' | 'ops'): ActionContext {
  const requestId = `request-of-${role}`;
  const trpc = desk.callerAs(role, requestId);
  return { trpc, once: () => trpc, actor: desk.people[role], requestId };
}

function posted(fields: Record<string, string | number>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
  return form;
}

async function open(title = 'As it was') {
  const form = posted({ category: 'content', title, description: 'Line one\r\nLine two' });
  const { incident, error } = await openIncident(contextOf('support'), desk.people.user.id, form);
  if (error) throw new Error(error.code);
  return incident;
}

describe('opening', () => {
  it('keeps the text with plain line ends', async () => {
    expect(await open()).toMatchObject({ description: 'Line one\nLine two', priority: 'medium', version: 1 });
  });

  it('gives it to who opens it when they say so', async () => {
    const form = posted({ category: 'content', title: 'Mine', description: 'At once', assign: 'me' });
    const { incident } = await openIncident(contextOf('support'), desk.people.user.id, form);
    expect(incident).toMatchObject({ assignee_id: desk.people.support.id });
  });

  it('gives back what was typed with what is wrong', async () => {
    const form = posted({ category: '', title: ' ', description: 'Typed' });
    const { error, values } = await openIncident(contextOf('support'), desk.people.user.id, form);
    expect(error).toMatchObject({ code: 'validation_failed', request_id: 'request-of-support' });
    expect(values).toEqual({ category: '', priority: 'medium', title: ' ', description: 'Typed', assign: '' });
  });
});

describe('changing', () => {
  it('changes nothing, and leaves no event, when nothing was changed', async () => {
    const { id, version, title } = await open();
    const result = await changeIncident(contextOf('support'), id, posted({ version, base_title: title, title }));
    expect(result).toEqual({ done: 'unchanged', incident: null });
    expect((await desk.callerAs('support').incidents.get({ id })).audit_events).toHaveLength(1);
  });

  it('tells of a stale form what changed, who did it, and what it shall now hold', async () => {
    const { id, version, title, updated_at } = await open();
    await desk.callerAs('ops').incidents.update({ id, version, description: 'Theirs', priority: 'high' });
    const form = posted({
      ...{ version, base_updated_at: updated_at, base_priority: 'medium', base_title: title },
      title: 'Mine',
    });
    const result = await changeIncident(contextOf('support'), id, form);
    expect(result.error).toMatchObject({ code: 'incident_version_conflict', status: 409 });
    expect(result).toMatchObject({
      typed: { title: 'Mine' },
      conflict: {
        rows: [
          { field: 'priority', before: 'medium', now: 'high', yours: null },
          { field: 'description', before: null, now: 'Theirs', yours: null },
        ],
        merged: { title: 'Mine' },
        by: { name: desk.people.ops.name },
      },
    });
  });

  it('hands on a step that does not exist, with those that do', async () => {
    const { id } = await open();
    await desk.callerAs('ops').incidents.update({ id, status: 'closed' });
    const result = await changeIncident(contextOf('support'), id, posted({ version: 2, status: 'in_progress' }));
    expect(result.error).toMatchObject({
      code: 'incident_invalid_transition',
      details: { from: 'closed', to: 'in_progress', allowed: [] },
    });
  });
});

describe('taking', () => {
  it('goes on when somebody changed something else meanwhile', async () => {
    const { id, version } = await open();
    await desk.callerAs('ops').incidents.update({ id, priority: 'high' });
    const { incident } = await takeIncident(contextOf('support'), id, version);
    expect(incident).toMatchObject({ assignee_id: desk.people.support.id, priority: 'high' });
  });

  it('tells who was quicker', async () => {
    const { id, version } = await open();
    await takeIncident(contextOf('ops'), id, version);
    const result = await takeIncident(contextOf('support'), id, version);
    expect(result).toMatchObject({
      error: { code: 'incident_version_conflict' },
      now: { assignee_name: desk.people.ops.name },
    });
  });

  it('does not take what was closed meanwhile', async () => {
    const { id, version } = await open();
    await desk.callerAs('ops').incidents.update({ id, status: 'closed' });
    expect(await takeIncident(contextOf('support'), id, version)).toMatchObject({ now: { status: 'closed' } });
  });

  it('takes once when pressed twice', async () => {
    const { id, version } = await open();
    await takeIncident(contextOf('support'), id, version);
    expect((await takeIncident(contextOf('support'), id, version)).incident).toMatchObject({ version: 2 });
  });
});
