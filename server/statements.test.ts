import type { Node, ParseResult } from '@pgsql/types';
import { parse } from 'libpg-query';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { preparedTexts } from '../db/statement.ts';
import { openTestDesk, type TestDesk } from './testing/desk.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

/** Whether a statement answers with whatever columns its tables have. */
function answersWithAll(node: Node | undefined): boolean {
  const targets = Object.values(node ?? {}).flatMap(
    (statement: { targetList?: Node[]; returningList?: Node[]; larg?: object; rarg?: object }) => [
      ...('SelectStmt' in (node ?? {}) ? (statement.targetList ?? []) : []),
      ...(statement.returningList ?? []),
    ],
  );
  return JSON.stringify(targets.map((target) => ('ResTarget' in target ? target.ResTarget.val : null))).includes(
    'A_Star',
  );
}

test('no prepared statement answers with all columns: a new one would break it in the builds that serve meanwhile', async () => {
  expect(preparedTexts().length).toBeGreaterThan(30);
  const faulty: string[] = [];
  for (const text of preparedTexts()) {
    const { stmts } = (await parse(text)) as ParseResult;
    if (stmts?.some(({ stmt }) => answersWithAll(stmt))) faulty.push(text);
  }
  expect(faulty).toEqual([]);
});

test('a locked incident has every column of the entity', () => {
  const lock = preparedTexts().find((text) => text.includes('from incident where id = $1 for update')) ?? '';
  const entities = [...desk.orm.getMetadata().getAll().values()];
  const { props } = entities.find(({ tableName }) => tableName === 'incident') ?? { props: [] };
  const columns = props.filter(({ lazy }) => !lazy);
  expect(columns.length).toBeGreaterThan(10);
  for (const { fieldNames } of columns)
    for (const name of fieldNames) expect(lock).toMatch(new RegExp(`\\b${name}\\b`));
});
