/** Two account holders ask the same documents over and over, side by side; each answer is held against what is the asker's own. */
import { send } from './raw-http.js';

export interface Hammered {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Changed while the hammering goes on. */
export interface Holder {
  readonly name: string;
  token: string;
  /** By name; of the documents that she must no longer be served by what she is allowed now. */
  forbidden: ReadonlySet<string>;
  /** While the gateway may or may not know of a change yet. */
  isUnsure: boolean;
  /** By name. */
  readonly documents: ReadonlyMap<string, Hammered>;
}

export interface Blows {
  answered: number;
  /** Answers that are not the asker's own. */
  readonly crossed: string[];
  /** Answers with anything in them that were asked for when they were forbidden. */
  readonly servedAfter: string[];
  /** What is allowed, and was refused. */
  readonly turnedAway: string[];
}

/** Goes on until `during` has ended; as many connections for each holder as said. */
export async function hammer(
  url: string,
  holders: readonly Holder[],
  connections: number,
  during: (blows: Blows) => Promise<void>,
): Promise<Blows> {
  const blows: Blows = { answered: 0, crossed: [], servedAfter: [], turnedAway: [] };
  const own = new Map<Hammered, string>();
  // Twice: what a first push changes is there the second time. No answer that is kept for another can be the same document's.
  for (const { name, token, documents } of [...holders, ...holders]) {
    for (const document of documents.values()) {
      own.set(document, await ask(url, token, { ...document, query: `${document.query} # ${name}` }));
    }
  }
  let isOver = false;
  const work = holders.flatMap((holder) =>
    Array.from({ length: connections }, async () => {
      while (!isOver) {
        for (const [name, document] of holder.documents) {
          const { token, forbidden, isUnsure } = holder;
          const text = await ask(url, token, document);
          blows.answered += 1;
          if (isServed(text) && !forbidden.has(name) && text !== own.get(document))
            blows.crossed.push(text.slice(0, 300));
          if (isUnsure || holder.isUnsure) continue;
          const what = `${holder.name}: ${name}: ${text.slice(0, 200)}`;
          if (forbidden.has(name) && isServed(text)) blows.servedAfter.push(what);
          if (!forbidden.has(name) && !isServed(text)) blows.turnedAway.push(what);
        }
      }
    }),
  );
  await during(blows).finally(() => {
    isOver = true;
  });
  await Promise.all(work);
  return blows;
}

async function ask(url: string, token: string, document: Hammered): Promise<string> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return (await send(url, { headers, body: JSON.stringify(document) })).text;
}

/** Whether there is anything in it. */
function isServed(text: string): boolean {
  const { data } = JSON.parse(text) as { readonly data?: Readonly<Record<string, unknown>> | null };
  return Object.values(data ?? {}).some((value) => value !== null);
}
