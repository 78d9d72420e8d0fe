/** Text of a bank's records, brought to what can be sent: no control characters, one kind of blank, a bounded length. */

/** Made when it is first needed: it takes 40 ms, and no catalogue needs it. */
let characters: Intl.Segmenter | undefined;

/** `NFC` leaves what people wrote; `NFKC` also unfolds full-width and other variants of a character. */
export function cleanText(text: string, form: 'NFC' | 'NFKC' = 'NFC'): string {
  // Every blank, line ends among them, parts words; all other control, format and unassigned characters go.
  const visible = text.replace(/[^\P{C}\s]/gu, '');
  return visible.normalize(form).replace(/\s+/gu, ' ').trim();
}

/** MDES counts characters, neither bytes nor UTF-16 units. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** As much of the start as fits, never half of what is read as one character: a letter and its accents stay together. */
export function cutText(text: string, max: number): string {
  // Surely more characters than fit, so that a long text is not taken apart to its end.
  const start = text.slice(0, 2 * (max + 1));
  let length = 0;
  let end = 0;
  characters ??= new Intl.Segmenter();
  for (const { segment } of characters.segment(start)) {
    length += lengthOf(segment);
    if (length > max) break;
    end += segment.length;
  }
  return text.slice(0, end).trim();
}
