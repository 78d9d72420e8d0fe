/** What an app does next with a push: one answer, whatever the wallet and however many accounts. */
import { createUnionType, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Platform } from '../../domain/token-requestor.js';
import { FOLLOW_UPS, type FollowUp } from '../../push/next-step.js';
import { DateTimeScalar } from '../date-time.js';
import { enumOf } from '../enum-of.js';
import { PlatformEnum } from '../enums.js';
import { HandOffObject } from './hand-off.object.js';
import { PushedAccountObject } from './pushed-account.object.js';

const FollowUpEnum = enumOf(FOLLOW_UPS);

registerEnumType(FollowUpEnum, {
  name: 'FollowUp',
  description: 'What to offer the account holder when a push is over.',
  valuesConfig: {
    ACTIVATE: {
      description: 'Your own activation: a card has arrived, and the bank must still activate it.',
    },
    CHECK_WALLET: {
      description:
        'A look into the wallet: nobody knows whether the card is there. Offer another push (with a new ' +
        '`idempotencyKey`) only when she says that it is not.',
    },
    PUSH_AGAIN: { description: 'Another push of the same, with a new `idempotencyKey`.' },
    OTHER_ACCOUNT: { description: 'Another card or account: this one is not taken.' },
  },
});

@ObjectType('OpenUrlStep', {
  simpleResolvers: true,
  description:
    'Open this URL, once, before `expiresAt`: it takes the account holder and all that was pushed to the wallet or ' +
    'merchant. Call `recordHandOff` right before.',
})
export class OpenUrlStepObject {
  @Field(() => String, {
    description: 'As it stands. Secret, since it holds the receipts: never log or store it.',
  })
  url!: string;

  @Field(() => PlatformEnum, {
    description:
      'What the URL is made for: the `platform` of the push, or WEB where there is none for it. Open one for WEB in a ' +
      'browser.',
  })
  platform!: Platform;

  @Field(() => DateTimeScalar, { description: 'When it is of no use any more.' })
  expiresAt!: Date;
}

@ObjectType('DigitizationDataStep', {
  simpleResolvers: true,
  description:
    'Give the digitization data of these accounts to the wallet, each once, before `expiresAt`: to its SDK, or by ' +
    '`links`. Call `recordHandOff` right before, and `recordOutcome` with what the wallet said, since it calls nobody ' +
    'back.',
})
export class DigitizationDataStepObject {
  @Field(() => String, {
    nullable: true,
    description:
      "The wallet's SDK that takes the data on the `platform` of the push, as the operators of this gateway name it; " +
      'null where they have named none. It is a name for your code to go by, not one to show.',
  })
  sdk!: string | null;

  @Field(() => [PushedAccountObject], {
    description:
      'Those of `Push.accounts` that are still to be given: each with its `pushAccountReceipt` and its ' +
      '`issuerInitiatedDigitizationData`.',
  })
  accounts!: readonly PushedAccountObject[];

  @Field(() => [HandOffObject], {
    description:
      'The links that take the data along instead, one per account, where the operators have described some for the ' +
      '`platform` of the push; else empty. A single one is an OpenUrlStep.',
  })
  links!: readonly HandOffObject[];

  @Field(() => DateTimeScalar, { description: 'When the data is of no use any more.' })
  expiresAt!: Date;
}

@ObjectType('WaitStep', {
  simpleResolvers: true,
  description:
    'Nothing to do but to wait: it is being sent, or the wallet has it and has not answered yet. Ask again with ' +
    '`push(id)`.',
})
export class WaitStepObject {
  @Field(() => Int, { description: 'In how many seconds.' })
  askAgainAfter!: number;
}

@ObjectType('DoneStep', {
  simpleResolvers: true,
  description: 'The push is over: show `Push.accountHolderText`, and what `followUp` names.',
})
export class DoneStepObject {
  @Field(() => FollowUpEnum, {
    nullable: true,
    description: 'What to offer beside the text; null when there is nothing.',
  })
  followUp!: FollowUp | null;
}

export const NextStep = createUnionType({
  name: 'NextStep',
  description:
    'What your app does next with a push: one answer, however many cards. Ask for `__typename` and all of them; take ' +
    'one that you do not know for a WaitStep of 5 seconds.',
  types: () => [OpenUrlStepObject, DigitizationDataStepObject, WaitStepObject, DoneStepObject] as const,
  resolveType: (value) => {
    if ('url' in value) return OpenUrlStepObject;
    if ('links' in value) return DigitizationDataStepObject;
    return 'askAgainAfter' in value ? WaitStepObject : DoneStepObject;
  },
});

export type NextStepObject = OpenUrlStepObject | DigitizationDataStepObject | WaitStepObject | DoneStepObject;
