import { describe, expect, it } from 'vitest';
import { doneBy, doneFrom, withDone } from './done.ts';
import { changedFields, fieldValues, typedChange, updateInput } from './incident-change.ts';
import { charactersOf } from './incident-text.ts';

const ME = '01a2035a-91ee-731c-8d10-c033f8809ffb';
const OTHER = '01a20385-998e-7077-b8e8-47ecc925aee1';

function posted(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

describe('a change read from a form', () => {
  it('holds what was typed beside what stood there, with line ends as they were', () => {
    const change = typedChange(
      posted({ version: '3', base_title: 'Old', title: 'New', description: 'a\r\nb', base_updated_at: '2026-01-01' }),
      ME,
    );
    expect(change).toEqual({
      version: 3,
      updatedAt: '2026-01-01',
      base: { title: 'Old' },
      typed: { title: 'New', description: 'a\nb' },
    });
  });

  it('takes "me" for who is signed in, and no version for what is no number', () => {
    expect(typedChange(posted({ assignee_id: 'me', version: 'x' }), ME)).toMatchObject({
      version: undefined,
      typed: { assignee_id: ME },
    });
    expect(typedChange(posted({}), ME).version).toBeUndefined();
  });

  it('leaves out fields that hold what they held, but never a status', () => {
    const base = { status: 'open', title: 'Old', priority: 'low', assignee_id: '' };
    const typed = { status: 'open', title: 'Old ', priority: 'high', assignee_id: '' };
    expect(changedFields({ base, typed })).toEqual({ status: 'open', priority: 'high' });
  });

  it('sends nobody as null', () => {
    expect(updateInput(OTHER, 2, { assignee_id: '', title: 'T' })).toEqual({
      id: OTHER,
      version: 2,
      assignee_id: null,
      title: 'T',
    });
  });

  it('knows an incident as its forms show it', () => {
    const incident = { status: 'open', priority: 'low', category: 'account', assignee_id: null } as const;
    expect(fieldValues({ ...incident, title: 'T', description: 'a\r\nb' })).toEqual({
      ...incident,
      assignee_id: '',
      title: 'T',
      description: 'a\nb',
    });
  });
});

describe('what was done', () => {
  it.each([
    [{ status: 'closed' }, { status: 'open' }, 'closed'],
    [{ status: 'in_progress' }, { status: 'closed' }, 'reopened'],
    [{ status: 'in_progress' }, { status: 'open' }, 'in_progress'],
    [{ assignee_id: ME }, {}, 'taken'],
    [{ assignee_id: OTHER }, {}, 'assigned'],
    [{ assignee_id: '' }, {}, 'released'],
    [{ assignee_id: ME, priority: 'low' }, {}, 'saved'],
    [{ title: 'T' }, {}, 'saved'],
    [{}, {}, 'unchanged'],
    [{ status: 'nonsense' }, {}, 'saved'],
  ])('%j from %j is %s', (changed, before, done) => {
    expect(doneBy(changed, before, ME)).toBe(done);
  });

  it('travels in the address, and nothing else does', () => {
    expect(withDone('/', 'taken', 1042)).toBe('/?done=taken&number=1042');
    expect(doneFrom(new URLSearchParams('done=taken&number=1042'))).toEqual({ done: 'taken', number: '1042' });
    expect(doneFrom(new URLSearchParams('done=taken&number=<b>'))).toEqual({ done: 'taken', number: '' });
    expect(doneFrom(new URLSearchParams('done=pwned'))).toBeNull();
    expect(doneFrom(new URLSearchParams())).toBeNull();
  });
});

it('counts characters as the desk does: code points, trimmed', () => {
  expect(charactersOf(' 👩‍🚀é ')).toBe(4);
  expect(charactersOf('\n')).toBe(0);
});
