import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { addPerson } from '../testing/people.ts';
import { TrigramFrequencies } from './trigram-frequencies.ts';

const names = [
  'Élodie Müller-Brandt',
  'Renée-Éléonore Petit',
  'ŁUKASZ Żółciński',
  'İpek Yıldırım',
  'ﬁnn Kelvin K',
  'Ａｌｉｃｅ Wide',
  'Cafe\u0301 Combining',
  'Straße Groß',
  'Æther Œuvre',
  'Joanna Annabel',
];

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
  for (const [index, name] of names.entries()) await addPerson(desk.sql, { name, email: `${index}@sample.example` });
  await desk.desk.trigrams.refresh(desk.orm.em.fork());
});
afterAll(() => desk.close());

test('the rarest trigrams come first, and a short fragment has none to choose from', async () => {
  const { trigrams } = desk.desk;
  expect(trigrams.rarest('kelvin sample')).toEqual(['kel', 'sam', 'elv']);
  expect(trigrams.rarest('anna')).toEqual([]);
  expect(trigrams.rarest('محمد علي')).toEqual([]);
  expect(new TrigramFrequencies().rarest('fragment')).toHaveLength(3);
});

test('whatever piece of a name is searched, its person is found, in any case', async () => {
  const pieces = fc.constantFrom(...names).chain((name) => {
    const letters = [...name];
    return fc
      .tuple(fc.nat(letters.length - 1), fc.integer({ min: 1, max: letters.length }), fc.boolean())
      .map(([from, length, upper]) => {
        const piece = letters
          .slice(from, from + length)
          .join('')
          .trim();
        return { name, piece: upper ? piece.toUpperCase() : piece };
      })
      .filter(({ piece }) => piece !== '');
  });
  const find = async (query: string) => (await desk.callerAs('support').users.search({ query, limit: 100 })).items;
  await fc.assert(
    fc.asyncProperty(pieces, async ({ piece }) => {
      // PostgreSQL itself says who holds the piece, without any trigram of ours. Nobody holds one that folds to nothing.
      const holders = await desk.sql<{ id: string }>(
        "select id from app_user where strpos(search_text, nullif(guichet_fold($1), '')) > 0",
        [piece],
      );
      expect((await find(piece)).map(({ id }) => id).sort()).toEqual(holders.map(({ id }) => id).sort());
    }),
    { numRuns: 200, examples: [[{ name: 'Cafe\u0301 Combining', piece: '\u0301' }]] },
  );
});
