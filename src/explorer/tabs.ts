/** Makes a tab of each operation of a GraphQL document: the operation, the fragments it needs, working variables. */
import { type DefinitionNode, type FragmentDefinitionNode, Kind, parse, visit } from 'graphql';

export interface ExampleValues {
  readonly fundingAccountId: string;
  readonly tokenRequestorId: string;
}

interface TabOptions {
  /** The demo account holder whose token is in the headers; null when the reader must put one there. */
  readonly signedInAs: string | null;
  readonly examples: ExampleValues | null;
  readonly idempotencyKey: string;
}

interface ExplorerTab {
  readonly query: string;
  readonly variables: string;
}

export function buildTabs(source: string, options: TabOptions): readonly ExplorerTab[] {
  const { definitions } = parse(source);
  const fragments = new Map(
    definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION).map((one) => [one.name.value, one]),
  );
  const operations = definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  return operations.map((operation, index) => {
    const name = operation.name?.value ?? '';
    const text = [operation, ...fragmentsOf(operation, fragments)].map((one) => textOf(one, source));
    const notes = [...(index === 0 ? welcome(options.signedInAs) : []), ...(NOTES.get(name) ?? [])];
    const comment = notes.map((line) => (line === '' ? '#\n' : `# ${line}\n`)).join('');
    return {
      query: `${comment}${text.join('\n\n')}\n`,
      variables: JSON.stringify(exampleVariables(name, options), null, 2),
    };
  });
}

/** The source text rather than a reprint, which would lose the comments. */
function textOf(node: DefinitionNode, source: string): string {
  return source.slice(node.loc?.start, node.loc?.end);
}

function fragmentsOf(
  node: DefinitionNode,
  all: ReadonlyMap<string, FragmentDefinitionNode>,
  found = new Set<FragmentDefinitionNode>(),
): ReadonlySet<FragmentDefinitionNode> {
  visit(node, {
    enter: (child) => {
      const fragment = child.kind === Kind.FRAGMENT_SPREAD ? all.get(child.name.value) : undefined;
      if (fragment !== undefined && !found.has(fragment)) {
        found.add(fragment);
        fragmentsOf(fragment, all, found);
      }
    },
  });
  return found;
}

function welcome(signedInAs: string | null): string[] {
  return [
    'Welcome to Token Connect. Press play: the',
    'answer lists your cards and accounts. Then go',
    'on from tab to tab, to the right, and press play',
    'in each: a card goes into a wallet. Each tab',
    'takes the ids of the one before.',
    '',
    ...(signedInAs === null
      ? ['First put your access token into Headers, below.']
      : [
          `You are ${signedInAs}, a demo account holder. The`,
          'token is in Headers, below; reload to renew it.',
        ]),
    '',
  ];
}

const NOTES: ReadonlyMap<string, readonly string[]> = new Map([
  ['Eligibility', ['The wallets and merchants that take the card.']],
  ['Consent', ['What would go along of her data, masked: ask her.']],
  [
    'PushCard',
    [
      'Press play to push a card. Press it again: the',
      'same idempotencyKey gives the same push, never a',
      'second one. For another push change the key.',
    ],
  ],
  ['Push', ['How it stands, and what to do next: nextStep.']],
  [
    'RecordHandOff',
    ["Right before your app opens the wallet's page,", 'which stands as a link below the answer.'],
  ],
  ['RecordOutcome', ['What the wallet told your app.']],
  ['Pushes', ['Her history: without secrets, safe to keep.']],
]);

/** Stands for the push until there is one. */
export const PUSH_PLACE = '<id from PushCard>';
const PLATFORM = 'WEB';

function exampleVariables(name: string, { examples, idempotencyKey }: TabOptions): object {
  const tokenRequestorId = examples?.tokenRequestorId ?? '<id from Eligibility>';
  const fundingAccountId = examples?.fundingAccountId ?? '<id from FundingAccounts>';
  const fundingAccountIds = [fundingAccountId];
  switch (name) {
    case 'Eligibility':
      return { fundingAccountIds, platform: PLATFORM };
    case 'Consent':
      return { fundingAccountIds, tokenRequestorId, platform: PLATFORM };
    case 'PushCard':
      return { input: { idempotencyKey, tokenRequestorId, fundingAccountIds, platform: PLATFORM } };
    case 'Push':
      return { id: PUSH_PLACE };
    case 'RecordHandOff':
      return { pushId: PUSH_PLACE, platform: PLATFORM };
    case 'RecordOutcome':
      return { pushId: PUSH_PLACE, outcomes: [{ fundingAccountId, outcome: 'APPROVED' }] };
    default:
      return {};
  }
}
