import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sqlWithoutLiterals } from './sql-text.ts';

describe('SQL without literals', () => {
  it.each([
    ["select * from users where email = 'ada@example.org'", 'select * from users where email = ?'],
    ["select 'O''Neil', 'a' || 'b'", 'select ?, ? || ?'],
    ["select '' as empty, x from t", 'select ? as empty, x from t'],
    ["select E'it\\'s ada' , 1", 'select ? , ?'],
    ["select e'ada\\\\', secret", 'select ?, secret'],
    ["select 'back\\', ada from t", 'select ?, ada from t'],
    ["select N'ada', B'101', X'1F', U&'d\\0061t'", 'select ?, ?, ?, ?'],
    ["select type'ada'", 'select type?'],
    ['select $$ada$$, $tag$ada $$ lovelace$tag$, $1, $23', 'select ?, ?, $1, $23'],
    ['select $é$ada$é$ from t', 'select ? from t'],
    ['select 1$$ada$$', 'select ?'],
    ['select foo$bar$baz from t', 'select foo$bar$baz from t'],
    ['select "it\'s", "a""b" from "user-2"', 'select "it\'s", "a""b" from "user-2"'],
    ['select 42, -7, 3.14, .5, 1e10, 2.5E-3, 0xFF, 1_000', 'select ?, -?, ?, ?, ?, ?, ?, ?'],
    ['select int4, t1.col2, $1::varchar(255) from t1', 'select int4, t1.col2, $1::varchar(?) from t1'],
    ["select 1 -- ada's secret\nfrom t", 'select ? \nfrom t'],
    ["select 1 /* ada's */ from t /* b /* nested ada */ ada */", 'select ? '],
    ["insert into t values ('unterminated ada", 'insert into t values (?'],
    ["select 'unterminated ada''", 'select ?'],
    ['select $$unterminated ada', 'select ?'],
    ['select "unterminated ada', 'select ?'],
    ["select E'unterminated ada\\", 'select ?'],
    ['select \'{"name": "Ada"}\'::jsonb', 'select ?::jsonb'],
    ["select 'ada'\n'lovelace'", 'select ?\n?'],
    ["select '艾达', '👩‍💻 Ada'", 'select ?, ?'],
  ])('%s', (sql, expected) => {
    expect(sqlWithoutLiterals(sql)).toBe(expected);
  });

  it('never lets a quoted value through', () => {
    const marked = fc.string({ unit: 'binary' }).map((value) => `${value}SECRET${value}`);
    fc.assert(
      fc.property(fc.array(marked, { minLength: 1, maxLength: 4 }), (values) => {
        const list = values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ');
        expect(sqlWithoutLiterals(`select ${list} from t`)).toBe(`select ${values.map(() => '?').join(', ')} from t`);
      }),
    );
  });

  it('is quick on long and on hostile text', () => {
    const began = performance.now();
    for (const unit of ["'", "''", '$', '$a$', '/*', '"', 'E\\', '1e', "e'\\"]) sqlWithoutLiterals(unit.repeat(50_000));
    expect(performance.now() - began).toBeLessThan(2000);
    expect(sqlWithoutLiterals('select a from t '.repeat(1000))).toHaveLength(2001);
  });
});
