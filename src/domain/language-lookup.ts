/** Finds what there is in the language that suits a reader best (RFC 4647, lookup). */

/** @param languages BCP 47 tags, best first; of each also what is left of it without its last parts */
export function lookUpLanguage<T>(
  languages: readonly string[],
  inLanguage: (tag: string) => T | undefined,
): { readonly language: string; readonly found: T } | undefined {
  for (const language of languages.flatMap(withoutDetails)) {
    const found = inLanguage(language);
    if (found !== undefined) return { language, found };
  }
  return undefined;
}

/** `es-Latn-MX`, `es-Latn`, `es`. */
function withoutDetails(tag: string): string[] {
  const parts = tag.split('-');
  return parts.map((_, dropped) => parts.slice(0, parts.length - dropped).join('-'));
}
