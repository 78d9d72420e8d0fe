/** The history: pushes without what is secret, as a type of their own, and their pages. */
import { Field, ID, ObjectType } from 'type-graphql';
import { AnyPush } from './push.object.js';
import { PushedAccountSummaryObject } from './pushed-account.object.js';

@ObjectType('PushSummary', {
  simpleResolvers: true,
  description:
    'A push in the history: what it was and what became of it, without receipts, digitization data and URLs. It is a ' +
    "type of its own, so that a list of pushes never takes the place of a `Push` in your client's cache.",
})
export class PushSummaryObject extends AnyPush {
  @Field(() => ID, { description: 'The `id` of the push: `push(id)` gives the whole of it.' })
  id!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'The wallet or merchant that it went to; null for a push whose record cannot be read any more.',
  })
  tokenRequestorId!: string | null;

  @Field(() => [PushedAccountSummaryObject], {
    description:
      'One entry per account, in the order of the request; empty only for a push whose record cannot be read any more.',
  })
  accounts!: readonly PushedAccountSummaryObject[];
}

@ObjectType('PushEdge', { simpleResolvers: true, description: 'A push in a page of pushes.' })
class PushEdgeObject {
  @Field(() => String, { description: 'Where it stands in the list: give it to `after`.' })
  cursor!: string;

  @Field(() => PushSummaryObject, { description: 'The push.' })
  node!: PushSummaryObject;
}

@ObjectType('PageInfo', { simpleResolvers: true, description: 'Whether the list goes on, and where.' })
class PageInfoObject {
  @Field(() => Boolean, { description: 'Whether there are older ones.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether there are newer ones before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Of the first edge; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of the last edge: give it to `after` for the next page; null on an empty page.',
  })
  endCursor!: string | null;
}

@ObjectType('PushConnection', {
  simpleResolvers: true,
  description: 'A page of pushes, newest first (the GraphQL cursor connections convention).',
})
export class PushConnectionObject {
  @Field(() => [PushEdgeObject], { description: 'The pushes of this page, each with its cursor.' })
  edges!: readonly PushEdgeObject[];

  @Field(() => [PushSummaryObject], { description: 'The same pushes, without the cursors.' })
  nodes!: readonly PushSummaryObject[];

  @Field(() => PageInfoObject, { description: 'Whether the list goes on, and where.' })
  pageInfo!: PageInfoObject;
}
