/** Finds ids that work: an account of the signed-in account holder and a token requestor that takes it. */
import type { GraphqlFetcher } from './graphql-fetcher.js';
import type { ExampleValues } from './tabs.js';

const QUERY = `query ExplorerExamples {
  fundingAccounts {
    id
    eligibility(platform: WEB, onlyEligible: true) {
      tokenRequestor {
        id
      }
    }
  }
}`;

/** Lark Wallet: the simulator has a page of it, at which the walk comes to its end. */
const DEMO_WALLET = '50130000001';

interface Answer {
  readonly data?: {
    readonly fundingAccounts: readonly {
      readonly id: string;
      readonly eligibility: readonly { readonly tokenRequestor: { readonly id: string } }[] | null;
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
  for (const { id, eligibility } of answer.data?.fundingAccounts ?? []) {
    const requestors = (eligibility ?? []).map(({ tokenRequestor }) => tokenRequestor.id);
    const tokenRequestorId = requestors.find((one) => one === DEMO_WALLET) ?? requestors[0];
    if (tokenRequestorId !== undefined) return { fundingAccountId: id, tokenRequestorId };
  }
  return null;
}
