import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../server/audit/audit.schema.ts';
import { eventsSince, fieldsChangedSince, historyLines } from './history-lines.ts';

const event = (created_at: string, details: AuditEvent['details'], status: AuditEvent['status'] = 'success') =>
  ({ created_at, details, status }) as AuditEvent;

describe('what an event tells', () => {
  it.each([
    [{ fields: ['status'], from: 'open', to: 'closed' }, [{ kind: 'moved', from: 'open', to: 'closed' }]],
    [
      { fields: ['priority', 'title', 'description'], priority: 'high' },
      [
        { kind: 'set', field: 'priority', value: 'high' },
        { kind: 'rewritten', fields: ['title', 'description'] },
      ],
    ],
    [{ fields: ['assignee_id'], assignee_id: null }, [{ kind: 'assigned', to: null }]],
    [{ code: 'incident_version_conflict' }, [{ kind: 'refused', code: 'incident_version_conflict' }]],
    [
      { category: 'account', priority: 'low', status: 'open', assignee_id: 'a' },
      [
        { kind: 'set', field: 'status', value: 'open' },
        { kind: 'set', field: 'priority', value: 'low' },
        { kind: 'set', field: 'category', value: 'account' },
        { kind: 'assigned', to: 'a' },
      ],
    ],
    [{ priority: 7, fields: 'title' }, []],
    [{}, []],
  ])('%j', (details, lines) => {
    expect(historyLines({ details })).toEqual(lines);
  });
});

it('tells which fields changed after an instant, by successful events alone', () => {
  const events = [
    event('2026-01-03T00:00:00.000Z', { fields: ['title', 'status'] }),
    event('2026-01-02T00:00:00.000Z', { fields: ['title', 'description'] }),
    event('2026-01-02T00:00:00.000Z', { code: 'x', fields: ['category'] }, 'failed'),
    event('2026-01-01T00:00:00.000Z', { fields: ['priority'] }),
  ];
  expect(fieldsChangedSince(events, '2026-01-01T00:00:00.000Z')).toEqual(['title', 'status', 'description']);
  expect(eventsSince(events, 'no date')).toEqual([]);
});
