import { describe, expect, it } from 'vitest';
import { certificateView } from './certificate-view.ts';

const erasure = {
  kind: 'erasure',
  privacy_request_id: '01a20393-887d-7207-b1a2-56b2c78bc4a8',
  user_id: '01a20393-887d-7207-b1a2-56b2c78bc4a9',
  request_id: 'a-request-id',
  erased_at: '2026-11-22T14:00:00.000Z',
  erased: 9,
  remaining: 0,
  tables: {
    app_user: {
      rows: 1,
      columns: {
        id: { how: 'keep', kept: 1, ground: 'A pseudonym' },
        email: { how: 'null', erased: 1, remaining: 0 },
        name: { how: 'replace', erased: 1, remaining: 0 },
      },
      mentions: 0,
    },
    incident: { rows: 7, columns: { title: { how: 'replace', erased: 7, remaining: 0 } }, mentions: 2 },
  },
  sha256: 'abc',
};

describe('a certificate', () => {
  it('of an erasure gives the tables, the most erased first, and what stays last', () => {
    const view = certificateView(erasure);
    expect(view).toMatchObject({ kind: 'erasure', requestId: 'a-request-id', sha256: 'abc', erased: 9, remaining: 0 });
    const tables = view?.kind === 'erasure' ? view.tables : [];
    expect(tables.map(({ name, rows, erased, remaining }) => [name, rows, erased, remaining])).toEqual([
      ['incident', 7, 7, 2],
      ['app_user', 1, 2, 0],
    ]);
    expect(tables[1]?.columns.map(({ name, ground }) => [name, ground])).toEqual([
      ['email', null],
      ['name', null],
      ['id', 'A pseudonym'],
    ]);
  });

  it('of an access request names the archive', () => {
    const archive = { sha256: 'def', size_bytes: 12_345, expires_at: '2026-12-06T14:00:00.000Z' };
    expect(
      certificateView({
        kind: 'access',
        request_id: 'r',
        completed_at: '2026-11-22T14:00:00.000Z',
        archive,
        sha256: 'x',
      }),
    ).toEqual({
      kind: 'access',
      requestId: 'r',
      sha256: 'x',
      at: '2026-11-22T14:00:00.000Z',
      archiveSha256: 'def',
      sizeBytes: 12_345,
    });
  });

  it('of another form is left to be read as it is', () => {
    expect(certificateView({})).toBeNull();
    expect(certificateView({ ...erasure, tables: { incident: 3 } })).toBeNull();
  });
});
