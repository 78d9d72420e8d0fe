/** pushCard, push, pushes, and what apps report of a push. */
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { badUserInput } from '../../domain/gateway-error.js';
import type { Platform } from '../../domain/token-requestor.js';
import type { PushCaller } from '../../push/caller.js';
import type { Push } from '../../push/push.js';
import { requireAccountHolder } from '../access/sign-in-required.js';
import type { GatewayContext } from '../context.js';
import { PlatformEnum } from '../enums.js';
import { AccountOutcomeInput, PushCardInput, toPushInput } from './push.input.js';
import { PushCardResult, PushObject } from './push.object.js';
import type { PushRefusalObject } from './push-refusal.object.js';
import { PushConnectionObject } from './push-summary.object.js';
import { toPushConnection } from './to-push-connection.js';
import { toPushObject } from './to-push-object.js';

const LONGEST_PAGE = 50;
const USUAL_PAGE = 20;
/** A callback URL of 256 characters, and five results. */
const LONGEST_URL = 4096;

@Resolver(() => PushObject)
export class PushResolver {
  @Mutation(() => PushCardResult, {
    nullable: true,
    description:
      'Pushes one or more cards or financial accounts of the signed-in account holder to one wallet or merchant, and ' +
      'gives what the app needs next (`Push.nextStep`): digitization data to hand off itself, or a URL to open. Sent at ' +
      'most once per `idempotencyKey`. One `pushCard` per document.\n\n' +
      'What happens: Mastercard keeps the card data for a few minutes and gives a receipt for it. The receipt travels to ' +
      'the wallet, inside the URL or the digitization data, and the wallet exchanges it for a token, a stand-in for ' +
      'the card number.\n\n' +
      'Errors: UNAUTHENTICATED, FORBIDDEN, STEP_UP_REQUIRED, BAD_USER_INPUT, KEY_REUSED, RATE_LIMITED, ' +
      'UPSTREAM_UNAVAILABLE, CARD_STORE_UNAVAILABLE, LEDGER_UNAVAILABLE. After each of them nothing was pushed, and the last four may be tried ' +
      'again with the same key after `retryAfter` seconds.',
  })
  async pushCard(
    @Arg('input', () => PushCardInput, { description: 'What to push, and to whom.' }) input: PushCardInput,
    @Ctx() context: GatewayContext,
  ): Promise<PushObject | PushRefusalObject> {
    const outcome = await context.pushes.push(callerOf(context), toPushInput(input));
    return outcome.kind === 'PUSH' ? toPushObject(outcome.push, context) : outcome.refusal;
  }

  @Query(() => PushObject, {
    nullable: true,
    description:
      "A push of the signed-in account holder; null when there is none of that id, or when it is somebody else's. Receipts, " +
      'digitization data and URLs are there for a token that might push it now, as long as they live: with another, repeat ' +
      '`pushCard` with its `idempotencyKey`, which says what is missing.\n\n' +
      'Errors: UNAUTHENTICATED, FORBIDDEN, LEDGER_UNAVAILABLE.',
  })
  async push(
    @Arg('id', () => ID, { description: 'The `id` of the push.' }) id: string,
    @Ctx() context: GatewayContext,
  ): Promise<PushObject | null> {
    return seenBy(context, await context.pushHistory.get(requireAccountHolder(context), id));
  }

  @Query(() => PushConnectionObject, {
    nullable: true,
    description:
      'The pushes of the signed-in account holder in the last 30 days, newest first, without receipts, digitization ' +
      'data and URLs: `push(id)` has those of one that lives.\n\nErrors: UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT, LEDGER_UNAVAILABLE.',
  })
  async pushes(
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: USUAL_PAGE,
      description: `How many, from 1 to ${LONGEST_PAGE}.`,
    })
    first: number | null,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The `endCursor` of the page before; absent for the first page.',
    })
    after: string | null,
    @Ctx() context: GatewayContext,
  ): Promise<PushConnectionObject> {
    const count = first ?? USUAL_PAGE;
    if (count < 1 || count > LONGEST_PAGE) throw badUserInput(`first takes 1 to ${LONGEST_PAGE}.`);
    const page = await context.pushHistory.list(requireAccountHolder(context), count, after ?? null);
    return toPushConnection(page, after ?? null, context);
  }

  @Mutation(() => PushObject, {
    nullable: true,
    description:
      'Tell the gateway that your app has handed a push over, right before it opens the URL or calls the SDK. A push ' +
      'that is READY becomes HANDED_OFF; any other is left as it is. Null as with `push(id)`.\n\n' +
      'Errors: UNAUTHENTICATED, FORBIDDEN, LEDGER_UNAVAILABLE.',
  })
  async recordHandOff(
    @Arg('pushId', () => ID, { description: 'The `id` of the push.' }) pushId: string,
    @Arg('platform', () => PlatformEnum, { description: 'Where your app has handed it off.' })
    platform: Platform,
    @Ctx() context: GatewayContext,
  ): Promise<PushObject | null> {
    return seenBy(context, await context.pushHistory.recordHandOff(callerOf(context), pushId, platform));
  }

  @Mutation(() => PushObject, {
    nullable: true,
    description:
      'Tell the gateway what a wallet told your app about the accounts of a push. A wallet with its own way of ' +
      'communication (digitization data) calls nobody back, so this is how the push comes to its end. The first word ' +
      'about an account counts; later only what can follow it, such as APPROVED after ' +
      'REQUIRE_ADDITIONAL_AUTHENTICATION. Null as with `push(id)`.\n\n' +
      'Errors: UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT, LEDGER_UNAVAILABLE.',
  })
  async recordOutcome(
    @Arg('pushId', () => ID, { description: 'The `id` of the push.' }) pushId: string,
    @Arg('outcomes', () => [AccountOutcomeInput], {
      description: 'One entry for each account that something is known of.',
    })
    outcomes: AccountOutcomeInput[],
    @Ctx() context: GatewayContext,
  ): Promise<PushObject | null> {
    return seenBy(context, await context.pushHistory.recordOutcome(callerOf(context), pushId, outcomes));
  }

  @Mutation(() => PushObject, {
    nullable: true,
    description:
      'Where `callbackUrl` was a URL of your app (or one that the operators marked `direct:`), the wallet or merchant ' +
      'opens your app with its results in that URL: pass the whole URL on, as your app got it. For other callback URLs ' +
      'the gateway has seen the results itself. Null as with `push(id)`.\n\n' +
      'Errors: UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT, LEDGER_UNAVAILABLE.',
  })
  async recordPushCallback(
    @Arg('pushId', () => ID, { description: 'The `id` of the push.' }) pushId: string,
    @Arg('url', () => String, {
      description: 'The URL that your app was opened with. Send it as a variable.',
    })
    url: string,
    @Ctx() context: GatewayContext,
  ): Promise<PushObject | null> {
    if (url.length > LONGEST_URL) throw badUserInput(`url takes at most ${LONGEST_URL} characters.`);
    return seenBy(context, await context.pushHistory.recordCallbackUrl(callerOf(context), pushId, url));
  }
}

function callerOf(context: GatewayContext): PushCaller {
  const { client, grant, address, log, calls } = context;
  const accountHolder = requireAccountHolder(context);
  return { accountHolder, client, grant, address, log: log(), calls, audited: context };
}

function seenBy(context: GatewayContext, push: Push | null): PushObject | null {
  const { pushes, grant } = context;
  return push === null ? null : toPushObject(pushes.asSeenWith(grant, push), context);
}
