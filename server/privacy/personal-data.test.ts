import { MikroORM } from '@mikro-orm/postgresql';
import { describe, expect, test } from 'vitest';
import { ormOptions } from '../../db/orm.config.ts';
import { PERSONAL_DATA } from './personal-data.ts';

const orm = await MikroORM.init(ormOptions('postgres://localhost/nobody-connects'));
const tables = new Map(
  [...orm.getMetadata().getAll().values()].map((meta) => [
    meta.tableName,
    meta.props.filter((prop) => prop.persist !== false).flatMap((prop) => prop.fieldNames ?? []),
  ]),
);

test('every table is in the register, and no other', () => {
  expect(Object.keys(PERSONAL_DATA).sort()).toEqual([...tables.keys()].sort());
});

describe.each([...tables])('%s', (table, columns) => {
  test('has every column classified, and no other', () => {
    expect(Object.keys(PERSONAL_DATA[table]?.columns ?? {}).sort()).toEqual([...columns].sort());
  });

  test('goes as a whole or not at all, and says why where it stays or is not shown', () => {
    const personal = Object.values(PERSONAL_DATA[table]?.columns ?? {}).filter((column) => column.personal);
    const deleted = personal.filter(({ erasure }) => erasure.how === 'delete');
    expect([0, personal.length]).toContain(deleted.length);
    for (const column of Object.values(PERSONAL_DATA[table]?.columns ?? {})) {
      if (!column.personal) expect(column.because).not.toBe('');
      else if (column.erasure.how === 'keep') expect(column.erasure.ground).toMatch(/GDPR/);
    }
  });
});

test('free text never stays', () => {
  const texts = {
    app_user: ['name', 'email'],
    incident: ['title', 'description'],
    privacy_request: ['details', 'reason', 'extension_reason'],
    idempotency_key: ['body'],
  };
  for (const [table, columns] of Object.entries(texts)) {
    for (const name of columns) {
      const column = PERSONAL_DATA[table]?.columns[name];
      expect(column?.personal && column.erasure.how).not.toBe('keep');
      expect(column?.personal).toBe(true);
    }
  }
});
