/** Finds ids that work: an account of the signed-in account holder and a token requestor it can be pushed to. */
import type { GraphqlFetcher } from './graphql-fetcher.js';
import type { ExampleValues } from './tabs.js';

const QUERY = `query ExplorerExamples {
  fundingAccounts {
    id
    status
    tokenRequestors {
      id
      imageAssetId
      supportedPushMethods
      supportsIssuerInitiatedDigitizationData
    }
  }
}`;

interface Requestor {
  readonly id: string;
  readonly imageAssetId: string | null;
  readonly supportedPushMethods: readonly string[];
  readonly supportsIssuerInitiatedDigitizationData: boolean;
}

interface Answer {
  readonly data?: {
    readonly fundingAccounts: readonly {
      readonly id: string;
      readonly status: string;
      readonly tokenRequestors: readonly Requestor[] | null;
    }[];
  };
}

/** Null when nobody is signed in or nothing suits; the tabs then hold placeholders. */
export async function fetchExampleValues(
  send: (...call: Parameters<GraphqlFetcher>) => Promise<object>,
  token: string | null,
): Promise<ExampleValues | null> {
  if (token === null) {
    return null;
  }
  try {
    const answer: Answer = await send({ query: QUERY }, { headers: { Authorization: `Bearer ${token}` } });
    return chooseExamples(answer);
  } catch {
    return null;
  }
}

function chooseExamples(answer: Answer): ExampleValues | null {
  for (const account of answer.data?.fundingAccounts ?? []) {
    const requestors = account.status === 'ACTIVE' ? (account.tokenRequestors ?? []) : [];
    const requestor =
      requestors.find((one) => one.supportsIssuerInitiatedDigitizationData && one.imageAssetId !== null) ??
      requestors[0];
    if (requestor !== undefined) {
      return {
        fundingAccountId: account.id,
        tokenRequestorId: requestor.id,
        assetId: requestor.imageAssetId,
        platform: requestor.supportedPushMethods[0] ?? null,
        digitizationData: requestor.supportsIssuerInitiatedDigitizationData,
      };
    }
  }
  return null;
}
