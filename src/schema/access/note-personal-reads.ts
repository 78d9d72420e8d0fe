/** Notes what is read of an account holder, where it is resolved. */
import { defaultFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import type { GatewayContext } from '../context.js';

/** By type and field; what stands below them is read with them. */
export const PERSONAL_FIELDS: ReadonlyMap<string, string> = new Map([
  ['Query.fundingAccounts', 'funding-accounts'],
  ['FundingAccount.eligibility', 'eligibility'],
  ['FundingAccount.accountHolderDataPreview', 'holder-data'],
  ['Eligibility.accountHolderDataPreview', 'holder-data'],
  ['PushedAccount.fundingAccount', 'funding-accounts'],
  ['PushedAccountSummary.fundingAccount', 'funding-accounts'],
  ['Query.push', 'push'],
  ['Query.pushes', 'pushes'],
  ['Mutation.recordHandOff', 'push'],
  ['Mutation.recordOutcome', 'push'],
  ['Mutation.recordPushCallback', 'push'],
]);

/** Puts the note before every personal field. */
export function notePersonalReads(schema: GraphQLSchema): GraphQLSchema {
  for (const [coordinate, kind] of PERSONAL_FIELDS) {
    const [typeName = '', fieldName = ''] = coordinate.split('.');
    const type = schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
    if (field === undefined) throw new TypeError(`the schema has no ${coordinate}`);
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (source, args, context: GatewayContext, info) => {
      context.reads.note(kind, source, args);
      return resolve(source, args, context, info);
    };
  }
  return schema;
}
