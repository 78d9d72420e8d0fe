/** pushCard, push, and a push's token requestor. */
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { GatewayContext } from '../context.js';
import { requireAccountHolder } from '../sign-in-required.js';
import { TokenRequestorObject } from '../token-requestor/token-requestor.type.js';
import { PushCardInput, toPushInput } from './push.input.js';
import { PushCardResult, PushObject, type PushRefusalObject } from './push.type.js';
import { toPushObject } from './to-push-object.js';

@Resolver(() => PushObject)
export class PushResolver {
  @Mutation(() => PushCardResult, {
    nullable: true,
    description:
      'Pushes one or more cards or financial accounts of the signed-in account holder to one wallet or merchant, and ' +
      'gives what the app needs next: digitization data to hand over itself, or a URL to open. Sent at most once per ' +
      '`idempotencyKey`. One `pushCard` per document.\n\n' +
      'What happens: Mastercard keeps the card data for a few minutes and gives a receipt for it. The receipt travels to ' +
      'the wallet, inside the URL or the digitization data, and the wallet exchanges it for a token, a stand-in for ' +
      'the card number.\n\n' +
      'Errors: UNAUTHENTICATED, BAD_USER_INPUT, KEY_REUSED, UPSTREAM_UNAVAILABLE, CARD_STORE_UNAVAILABLE, ' +
      'LEDGER_UNAVAILABLE. After each of them nothing was pushed, and the last three may be tried again with the same ' +
      'key after `retryAfter` seconds.',
  })
  async pushCard(
    @Arg('input', () => PushCardInput) input: PushCardInput,
    @Ctx() context: GatewayContext,
  ): Promise<PushObject | PushRefusalObject> {
    const caller = { accountHolder: requireAccountHolder(context), log: context.log };
    const outcome = await context.pushes.push(caller, toPushInput(input));
    return outcome.kind === 'PUSH' ? toPushObject(outcome.push) : outcome.refusal;
  }

  @Query(() => PushObject, {
    nullable: true,
    description:
      "A push of the signed-in account holder; null when there is none of that id, or when it is somebody else's.\n\n" +
      'Errors: UNAUTHENTICATED.',
  })
  async push(@Arg('id', () => ID) id: string, @Ctx() context: GatewayContext): Promise<PushObject | null> {
    const push = await context.pushes.get(requireAccountHolder(context), id);
    return push === null ? null : toPushObject(push);
  }

  @FieldResolver(() => TokenRequestorObject, {
    nullable: true,
    description:
      'The wallet or merchant that it went to; null when it cannot be told just now.\n\nErrors: UPSTREAM_UNAVAILABLE.',
  })
  tokenRequestor(
    @Root() { tokenRequestorId, accountRanges }: PushObject,
    @Ctx() { loaders }: GatewayContext,
  ): Promise<TokenRequestorObject | null> {
    return loaders.tokenRequestor(tokenRequestorId, accountRanges);
  }
}
