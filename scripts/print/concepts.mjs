/** docs/concepts: a page per concept, from the schema's descriptions, in the order in which an app needs them. */
import { isEnumType, isInputObjectType, isObjectType, isUnionType } from 'graphql';
import { buildGatewaySchema } from '../../dist/schema/build-schema.js';

/** What a page is about; the fields of the roots and the types that it explains, in reading order. Every one of the schema stands on one page. */
const CONCEPTS = [
  {
    file: '1-cards-and-accounts',
    title: 'Cards and accounts',
    intro:
      'What the account holder has at the bank. An app begins here: she chooses one of these, or several.',
    names: ['Query.fundingAccounts', 'FundingAccount', 'FundingAccountKind', 'FundingAccountStatus'],
  },
  {
    file: '2-wallets-and-merchants',
    title: 'Wallets and merchants',
    intro: 'Where her cards can go. She chooses one from a list with logo, name and kind.',
    names: [
      ...['Query.tokenRequestors', 'Query.tokenRequestor', 'TokenRequestor', 'TokenRequestorType'],
      ...['TokenRequestorFilter', 'Platform', 'Asset', 'Query.asset', 'MediaContent'],
      ...['Query.catalogue', 'Catalogue', 'AccountRange'],
    ],
  },
  {
    file: '3-before-the-tap',
    title: 'Before the tap',
    intro:
      'What is known before anything is pushed: whether it will pass, and what would go along of her data.',
    names: [
      ...['Eligibility', 'EligibilityStatus', 'AccountHolderDataItem', 'AccountHolderDataPreview'],
      ...['AccountHolderAddressPreview', 'AccountHolderPhoneNumberPreview'],
    ],
  },
  {
    file: '4-the-push',
    title: 'The push',
    intro: 'The tap itself: sent once, whatever happens, and what it comes to.',
    names: [
      ...['Mutation.pushCard', 'PushCardInput', 'PushCardResult', 'Push', 'PushStatus', 'PushedAccount'],
      ...['Query.push', 'DateTime'],
    ],
  },
  {
    file: '5-what-comes-next',
    title: 'What comes next',
    intro:
      'A push is worth nothing until the wallet has it. This is how it gets there, and how the bank learns of it.',
    names: [
      ...['NextStep', 'OpenUrlStep', 'DigitizationDataStep', 'WaitStep', 'DoneStep', 'FollowUp', 'HandOff'],
      ...['Mutation.recordHandOff', 'Mutation.recordOutcome', 'AccountOutcomeInput', 'PushOutcome'],
      ...['OutcomeCertainty', 'Mutation.recordPushCallback'],
    ],
  },
  {
    file: '6-refusals',
    title: 'Refusals',
    intro: 'When a rule says no: why, who can mend it, and what to tell the account holder.',
    names: ['PushRefusal', 'PushRefusalCode', 'RefusalOwner', 'RefusalRetryRule'],
  },
  {
    file: '7-history',
    title: 'History',
    intro: 'Her pushes of the last 30 days, without anything that is secret.',
    names: [
      ...['Query.pushes', 'PushConnection', 'PushEdge', 'PageInfo', 'PushSummary', 'PushedAccountSummary'],
    ],
  },
];

const HEADER = '<!-- Written by `npm run schema` from src/schema. Do not edit. -->\n\n';

/** @returns {Promise<Map<string, string>>} by the file's name */
export async function printConcepts() {
  const schema = await buildGatewaySchema();
  const pages = new Map([['README.md', printIndex()]]);
  for (const [index, concept] of CONCEPTS.entries()) {
    const next = CONCEPTS[index + 1];
    const sections = concept.names.map((name) => printSection(schema, name));
    const onward = next === undefined ? '' : `\nNext: [${next.title}](${next.file}.md)\n`;
    pages.set(
      `${concept.file}.md`,
      `${HEADER}# ${concept.title}\n\n${concept.intro} [All concepts](README.md).\n\n${sections.join('\n')}${onward}`,
    );
  }
  return pages;
}

/** The fields of the roots and the types that no page, or more than one, explains. @param {import('graphql').GraphQLSchema} schema */
export function misplacedIn(schema) {
  const placed = CONCEPTS.flatMap(({ names }) => names);
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
    root ? Object.keys(root.getFields()).map((field) => `${root.name}.${field}`) : [],
  );
  const types = Object.keys(schema.getTypeMap()).filter(
    (name) => !/^(__|(Query|Mutation|String|ID|Int|Boolean)$)/.test(name),
  );
  const wanted = [...roots, ...types];
  return [
    ...wanted.filter((name) => placed.filter((one) => one === name).length !== 1),
    ...placed.filter((name) => !wanted.includes(name)),
  ];
}

function printIndex() {
  const rows = CONCEPTS.map(
    ({ file, title, intro }, index) => `${index + 1}. [${title}](${file}.md). ${intro}\n`,
  );
  return `${HEADER}# The schema, concept by concept\n\nIn the order in which an app needs them:\n\n${rows.join('')}`;
}

/** @param {import('graphql').GraphQLSchema} schema @param {string} name */
function printSection(schema, name) {
  const [typeName = '', fieldName] = name.split('.');
  const type = schema.getType(typeName);
  if (type === undefined || type === null) throw new Error(`the schema has no ${name}`);
  if (fieldName === undefined) return printType(type);
  const field = 'getFields' in type ? type.getFields()[fieldName] : undefined;
  if (field === undefined || !('args' in field)) throw new Error(`the schema has no ${name}`);
  const args = field.args.length === 0 ? '' : `\n${argumentTable(field.args)}`;
  return `## ${name}\n\nGives ${linked(String(field.type))}. ${field.description}\n${args}`;
}

/** @param {import('graphql').GraphQLNamedType} type */
function printType(type) {
  const heading = `## ${type.name}\n\n${type.description}\n`;
  if (isObjectType(type)) {
    const fields = Object.values(type.getFields());
    const details = fields.filter(({ args }) => args.length > 0);
    const more = details.map(({ name, args }) => `\nArguments of \`${name}\`:\n\n${argumentTable(args)}`);
    return `${heading}\n${table('field', fields)}${more.join('')}`;
  }
  if (isInputObjectType(type)) return `${heading}\n${table('field', Object.values(type.getFields()))}`;
  if (isUnionType(type)) {
    const members = type
      .getTypes()
      .map(({ name, description }) => `- ${linked(name)}: ${cell(description)}\n`);
    return `${heading}\n${members.join('')}`;
  }
  if (!isEnumType(type)) return heading;
  const values = type.getValues().map(({ name, description }) => `| \`${name}\` | ${cell(description)} |\n`);
  return `${heading}\n| value | meaning |\n|---|---|\n${values.join('')}`;
}

/**
 * By name: which order decorators of parameters run in depends on Node.
 * @param {readonly { name: string, type: unknown, description?: string | null | undefined }[]} args
 */
function argumentTable(args) {
  return table(
    'argument',
    [...args].sort((one, other) => (one.name < other.name ? -1 : 1)),
  );
}

/**
 * @param {string} title
 * @param {readonly { name: string, type: unknown, description?: string | null | undefined }[]} members
 */
function table(title, members) {
  const rows = members.map(
    ({ name, type, description }) => `| \`${name}\` | ${linked(String(type))} | ${cell(description)} |\n`,
  );
  return `| ${title} | type | what it is |\n|---|---|---|\n${rows.join('')}`;
}

/** @param {string} type as SDL has it */
function linked(type) {
  const name = type.replace(/[![\]]/g, '');
  const page = CONCEPTS.find(({ names }) => names.includes(name));
  return page === undefined ? `\`${type}\`` : `[\`${type}\`](${page.file}.md#${name.toLowerCase()})`;
}

/** @param {string | null | undefined} text */
function cell(text) {
  return (text ?? '').replace(/\s*\n\s*/g, '<br>').replaceAll('|', '\\|');
}
