/** HTML put together from text: whatever goes in is escaped, unless it is HTML already. */

export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

type Content = string | Html | readonly Html[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Attributes must stand in quotes: a value without them is not made safe by escaping. */
export function html(text: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(text.map((piece, index) => piece + toMarkup(contents[index] ?? '')).join(''));
}

function toMarkup(content: Content): string {
  if (content instanceof Html) return content.markup;
  if (typeof content !== 'string') return content.map(({ markup }) => markup).join('');
  return content.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
