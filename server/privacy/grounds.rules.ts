const CITED = /\bArt\. |\bRecital (\d+)|\b(\d+\(\d+\)(?:\([a-z]\))?)|\band (\([a-z]\))/g;

/**
 * The articles that the grounds of a table's kept columns cite, each once: exceptions to erasure (GDPR Art. 17(3)) first,
 * recitals last.
 */
export function articlesOf(grounds: readonly string[]): string[] {
  const found = new Set<string>();
  for (const ground of grounds) {
    let last = '';
    for (const [, recital, article, letter] of ground.matchAll(CITED)) {
      if (recital) found.add(`Rec. ${recital}`);
      if (letter) found.add(`${last.replace(/\([a-z]\)$/, '')}${letter}`);
      if (article) {
        last = article;
        found.add(article);
      }
    }
  }
  const rank = (one: string) => (one.startsWith('17(3)') ? 0 : one.startsWith('Rec.') ? 2 : 1);
  return [...found].sort((a, b) => rank(a) - rank(b));
}

/** As people read it: `Art. 17(3)(b), 17(3)(e), 5(2), Rec. 26`. */
export function citationOf(grounds: readonly string[]): string {
  const articles = articlesOf(grounds);
  return articles.length === 0 || articles[0]?.startsWith('Rec.') ? articles.join(', ') : `Art. ${articles.join(', ')}`;
}
