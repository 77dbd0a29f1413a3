import { describe, expect, it } from 'vitest';
import { compareVersions } from './incident-conflict.ts';

const base = {
  status: 'open',
  priority: 'low',
  category: 'account',
  assignee_id: '',
  title: 'Old title',
  description: 'Old text',
};

describe('a stale form', () => {
  it('shows what others changed and what is typed, field by field', () => {
    const typed = { title: 'My title', description: 'Old text' };
    const current = { ...base, title: 'Their title', status: 'closed' };
    expect(compareVersions(base, typed, current).rows).toEqual([
      { field: 'status', before: 'open', now: 'closed', yours: null },
      { field: 'title', before: 'Old title', now: 'Their title', yours: 'My title' },
    ]);
  });

  it('keeps what was typed, and takes over what was left alone', () => {
    const typed = { title: 'My title', description: 'Old text' };
    const current = { ...base, description: 'Their text' };
    expect(compareVersions(base, typed, current).merged).toEqual({ title: 'My title', description: 'Their text' });
  });

  it('keeps the step that was chosen, even where it is already taken', () => {
    const { rows, merged } = compareVersions(base, { status: 'closed' }, { ...base, status: 'closed' });
    expect(rows).toEqual([{ field: 'status', before: 'open', now: 'closed', yours: 'closed' }]);
    expect(merged).toEqual({ status: 'closed' });
  });

  it('names fields that it did not carry when the history says that they changed', () => {
    const { description: _, ...carried } = base;
    const current = { ...base, description: 'Their text' };
    expect(compareVersions(carried, {}, current, ['description']).rows).toEqual([
      { field: 'description', before: null, now: 'Their text', yours: null },
    ]);
    expect(compareVersions(carried, {}, current).rows).toEqual([]);
  });

  it('does not mind blanks around a text', () => {
    expect(compareVersions(base, { title: 'Old title ' }, base)).toEqual({ rows: [], merged: { title: 'Old title' } });
  });
});
