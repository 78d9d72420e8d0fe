/** An issuer of a size that a test chooses: so many account ranges and requestors, and so many cards of susan and of amir. */

import { startTableMdes } from '../mdes/table-mdes.js';
import { makePng, pngChunk } from '../pictures.js';
import { requestorTable } from '../push/requestor-table.js';
import { type OwnAccount, startOwnCardStore } from './own-card-store.js';

interface IssuerSize {
  readonly ranges: number;
  readonly requestors: number;
  readonly susan: number;
  readonly amir: number;
  readonly logoBytes?: number;
}

export interface SizedIssuer {
  readonly environment: Readonly<Record<string, string>>;
  /** What MDES and the card store were asked since the last look. */
  calls(): { readonly mdes: number; readonly cardStore: Readonly<Record<'list' | 'data', number>> };
  /** The card store answers the next request for a list with 500. */
  failNextList(): void;
  close(): Promise<void>;
}

export async function startSizedIssuer(size: IssuerSize): Promise<SizedIssuer> {
  const ranges = Array.from({ length: size.ranges }, (_, index) => String(520474000 + index));
  const table = requestorTable([[], ['NAME'], ['EMAIL_ADDRESS'], ['NAME', 'EMAIL_ADDRESS']]);
  const requestors = Array.from({ length: size.requestors }, (_, index) => {
    const flags = table[index % table.length];
    if (flags === undefined) throw new RangeError('an empty table');
    return {
      ...flags,
      id: String(50100000000 + index),
      supportedPushMethods: ['WEB', 'IOS'] as const,
      consumerFacingEntityName: `Requestor ${index}`,
      imageAssetId: `logo-${index}`,
    };
  });
  const mdes = await startTableMdes(
    requestors,
    ranges.map((range) => range.padEnd(19, '0')),
    makePng({}, pngChunk('paDd', Buffer.alloc(size.logoBytes ?? 0))),
  );
  const cardStore = await startOwnCardStore([
    ...cards('susan', size.susan, ranges),
    ...cards('amir', size.amir, ranges),
  ]);
  let looked = 0;
  return {
    environment: {
      ...mdes.environment,
      ...cardStore.environment,
      MDES_ACCOUNT_RANGES: ranges.join(','),
      LEDGER_URL: 'memory:',
    },
    calls() {
      const seen = mdes.fake.requests.length - looked;
      looked = mdes.fake.requests.length;
      return { mdes: seen, cardStore: cardStore.takeAsked() };
    },
    failNextList: () => cardStore.answerNext('list', (response) => response.writeHead(500).end()),
    async close() {
      await Promise.all([mdes.close(), cardStore.close()]);
    },
  };
}

function cards(accountHolder: string, count: number, ranges: readonly string[]): OwnAccount[] {
  return Array.from({ length: count }, (_, index) => {
    const range = ranges[index % ranges.length] ?? '';
    return {
      id: `${accountHolder}-${index}`,
      accountHolder,
      range,
      accountNumber: `${range}${'0'.repeat(7)}`,
    };
  });
}
