import type { Em } from '../../db/statement.ts';
import { select } from '../../db/statement.ts';

/** People whose names and e-mails are looked at. */
const SAMPLE = 4_000;
/** Trigrams to look up: with the rarest three, hardly anybody is left to compare; each more costs another list. */
const LOOKED_UP = 3;

/**
 * How often each trigram occurs among people, as a sample tells. PostgreSQL's index walks the lists of all trigrams of
 * a fragment, common ones too, which costs most of a search in a million people; the rarest few find the same.
 */
export class TrigramFrequencies {
  #counts = new Map<string, number>();

  /** Takes a new sample. */
  async refresh(em: Em): Promise<void> {
    const [size] = await select<{ people: number }>(
      em,
      "select greatest(reltuples, 1)::float8 as people from pg_class where oid = 'app_user'::regclass",
      [],
    );
    const percent = Math.min(100, (SAMPLE * 100) / (size?.people ?? 1));
    const sample = await select<{ search_text: string }>(
      em,
      `select search_text from app_user tablesample system ($1) limit ${SAMPLE * 2}`,
      [percent],
    );
    const counts = new Map<string, number>();
    for (const { search_text } of sample) {
      const trigrams = new Set(wordsOf(search_text).flatMap(trigramsIn));
      for (const trigram of trigrams) counts.set(trigram, (counts.get(trigram) ?? 0) + 1);
    }
    this.#counts = counts;
  }

  /**
   * The rarest trigrams of a fragment, every one of them in whatever text holds the fragment; none where the fragment
   * has so few that the index may as well look up all.
   */
  rarest(fragment: string): string[] {
    const count = (trigram: string) => this.#counts.get(trigram) ?? 0;
    const rarestFirst = (trigrams: Iterable<string>) => [...new Set(trigrams)].sort((a, b) => count(a) - count(b));
    const words = wordsOf(fragment).map((word) => rarestFirst(trigramsIn(word)));
    const all = rarestFirst(words.flat());
    if (all.length <= LOOKED_UP) return [];
    // One of each word first: trigrams of one word come together, those of two words seldom do.
    const ofEachWord = rarestFirst(words.flatMap((trigrams) => trigrams.slice(0, 1)));
    return [...new Set([...ofEachWord, ...all])].slice(0, LOOKED_UP);
  }
}

/** Of ASCII letters and digits alone: how PostgreSQL folds any other is for PostgreSQL to say. */
function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[a-z0-9]{3,}/g) ?? []
  );
}

function trigramsIn(word: string): string[] {
  return Array.from({ length: word.length - 2 }, (_, at) => word.slice(at, at + 3));
}
