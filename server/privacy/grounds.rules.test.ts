import { expect, test } from 'vitest';
import { articlesOf, citationOf } from './grounds.rules.ts';
import { PERSONAL_DATA } from './personal-data.ts';

const groundsOf = (table: string) =>
  Object.values(PERSONAL_DATA[table]?.columns ?? {}).flatMap((column) =>
    column.personal && column.erasure.how === 'keep' ? [column.erasure.ground] : [],
  );

test.each([
  ['audit_event', 'Art. 17(3)(b), 17(3)(e), 5(2)'],
  ['incident', 'Art. 89(1), Rec. 26'],
  ['subscription', 'Art. 17(3)(b), Rec. 26'],
  ['privacy_request', 'Art. 17(3)(b), 17(3)(e), 5(2), Rec. 26'],
  ['session', ''],
])('%s is kept on %s', (table, citation) => {
  expect(citationOf(groundsOf(table))).toBe(citation);
});

test('every ground of the register cites the law', () => {
  for (const ground of Object.keys(PERSONAL_DATA).flatMap(groundsOf)) expect(articlesOf([ground])).not.toEqual([]);
});
