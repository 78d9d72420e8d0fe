/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { Operation } from './wire/operation.js';
/** Personal data of the account holder that can go along with a card, so that it need not be typed. */
export type AccountHolderDataItem =
  /** The billing address. */
  | 'ADDRESS'
  /** The e-mail address. */
  | 'EMAIL_ADDRESS'
  /** The mobile phone number with its country code. */
  | 'MOBILE_PHONE_NUMBER'
  /** The name, as on the card. */
  | 'NAME';

/** What became of one account of a push, as your app was told. */
export type AccountOutcomeInput = {
  /** An account of the push. */
  fundingAccountId: string;
  /** What the wallet said, in the word that comes closest. */
  outcome: PushOutcome;
};

/** Whether a card or account can be pushed to a wallet or merchant. */
export type EligibilityStatus =
  /** No rule of this gateway stands against it. Mastercard may still refuse the account itself. */
  | 'ELIGIBLE'
  /** `pushCard` would refuse it: `refusal` says why, and what to do. */
  | 'NOT_ELIGIBLE';

/** What to offer the account holder when a push is over. */
export type FollowUp =
  /** Your own activation: a card has arrived, and the bank must still activate it. */
  | 'ACTIVATE'
  /** A look into the wallet: nobody knows whether the card is there. Offer another push (with a new `idempotencyKey`) only when she says that it is not. */
  | 'CHECK_WALLET'
  /** Another card or account: this one is not taken. */
  | 'OTHER_ACCOUNT'
  /** Another push of the same, with a new `idempotencyKey`. */
  | 'PUSH_AGAIN';

/** What the money comes from. */
export type FundingAccountKind =
  /** A credit, debit or Maestro card. */
  | 'CARD'
  /** A bank account that can be paid with (Pay with Bank Account). */
  | 'FINANCIAL_ACCOUNT';

/** The state of a card or account at the bank. */
export type FundingAccountStatus =
  /** Can be pushed. */
  | 'ACTIVE'
  /** Closed for good; cannot be pushed. */
  | 'CLOSED'
  /** Blocked for now; cannot be pushed. */
  | 'SUSPENDED';

/** Where the account holder is when the push is handed off to the wallet or merchant. */
export type Platform =
  /** An Android device: the URL is opened with an ACTION_VIEW intent. */
  | 'ANDROID'
  /** An iPhone or iPad: the URL is a universal link or an app scheme. */
  | 'IOS'
  /** A browser on any device; also the fallback for the other two. */
  | 'WEB';

/** What to push, and to whom. */
export type PushCardInput = {
  /** Personal data to send along: items of `supportedAccountHolderData` only. None unless named. */
  accountHolderData?: Array<AccountHolderDataItem> | null | undefined;
  /** Where the wallet or merchant sends the account holder back to: an absolute URL, or a URL of your app, up to 256 characters, that the operators of this gateway have allowed. */
  callbackUrl?: string | null | undefined;
  /** The cards and accounts: each an `id` of `fundingAccounts`. One, or up to five where the requestor takes several. */
  fundingAccountIds: Array<string>;
  /** A key of your own, 1 to 255 printable ASCII characters without blanks, best a UUID: a new one each time that the account holder taps, the same one when you repeat a request. The same key with the same input gives the same push, which is sent once; with other input it is KEY_REUSED. */
  idempotencyKey: string;
  /** The language and country that the wallet should show itself in, as a BCP 47 tag like `en-US`, or as `en_US`. A tag without a country, like `de`, gets the one where the language is spoken most. */
  locale?: string | null | undefined;
  /** Where the account holder is. Given, the push is refused when the requestor cannot be reached there. */
  platform?: Platform | null | undefined;
  /** For how many minutes the receipts are good: 5 to 15. */
  pushAccountReceiptsValidityPeriod?: number | null | undefined;
  /** Ask for digitization data, which your app hands to the wallet itself. Only where `supportsIssuerInitiatedDigitizationData` is true. */
  requestIssuerInitiatedDigitizationData?: boolean | null | undefined;
  /** The wallet or merchant: an `id` of `tokenRequestors`. */
  tokenRequestorId: string;
};

/** What became of a pushed account at the wallet or merchant, in Mastercard's words. */
export type PushOutcome =
  /** The card is in the wallet. */
  | 'APPROVED'
  /** The account holder has been authenticated after the card had arrived. */
  | 'AUTHENTICATED'
  /** The account holder, or the wallet, gave up. */
  | 'CANCELLED'
  /** The bank or Mastercard declined the card. */
  | 'DECLINED'
  /** The card was taken out again. */
  | 'DELETED'
  /** The wallet had this card already. */
  | 'DUPLICATE_REQUEST'
  /** Something went wrong at the wallet. */
  | 'ERROR'
  /** The card is in the wallet, but the bank must still activate it. */
  | 'REQUIRE_ADDITIONAL_AUTHENTICATION';

/** Why a push, or an account of a push, was refused. New codes may be added: go by `retryRule` for those, and show `accountHolderText`. */
export type PushRefusalCode =
  /**
   * The card store does not hold an item of accountHolderData for this account holder.
   *
   * What to do: The bank does not have one of the named items of accountHolderData. Leave it out and push again.
   */
  | 'ACCOUNT_HOLDER_DATA_MISSING'
  /**
   * An item of accountHolderData is not among the requestor's supportedAccountHolderData.
   *
   * What to do: This wallet or merchant does not take one of the named items of accountHolderData. Name only items of supportedAccountHolderData.
   */
  | 'ACCOUNT_HOLDER_DATA_NOT_SUPPORTED'
  /**
   * MDES says that the account is not eligible.
   *
   * What to do: Mastercard does not accept this card or account for digital wallets. Offer another one.
   */
  | 'ACCOUNT_INELIGIBLE'
  /**
   * The token requestor exists but is not enabled for the account's range.
   *
   * What to do: This wallet or merchant does not take this card or account. Offer those of FundingAccount.tokenRequestors.
   */
  | 'ACCOUNT_RANGE_NOT_ENABLED'
  /**
   * callbackUrl is not an absolute URL of a site or app that the gateway is configured for.
   *
   * What to do: The callbackUrl is not on this gateway's list. Ask its operators to add it (CALLBACK_ALLOWLIST).
   */
  | 'CALLBACK_URL_NOT_ALLOWED'
  /**
   * Digitization data was asked for, but supportsIssuerInitiatedDigitizationData of the requestor is false.
   *
   * What to do: This wallet or merchant takes no digitization data. Push without it and open one of the handOffs instead.
   */
  | 'DIGITIZATION_DATA_NOT_SUPPORTED'
  /**
   * The expiry date of the card lies in the past.
   *
   * What to do: The card has expired. Offer the account holder the card that replaces it.
   */
  | 'FUNDING_ACCOUNT_EXPIRED'
  /**
   * The card or account is suspended or closed at the issuer.
   *
   * What to do: The card or account is suspended or closed. Offer only those whose status is ACTIVE.
   */
  | 'FUNDING_ACCOUNT_NOT_ACTIVE'
  /**
   * The account holder has no such card or account; somebody else's is answered the same way.
   *
   * What to do: No such card or account of this account holder. Take an id from fundingAccounts.
   */
  | 'FUNDING_ACCOUNT_NOT_FOUND'
  /**
   * MDES reports a failure of its own; nothing was pushed.
   *
   * What to do: Mastercard could not process it just now. Push again: with the same idempotencyKey where retryable is true, else with a new one.
   */
  | 'MDES_INTERNAL_FAILURE'
  /**
   * Several accounts were named for a requestor that takes one: supportsMultiplePushedCards is false, or supportsCardHolderAuthentication is true.
   *
   * What to do: This wallet or merchant takes one card or account at a time. Push them one after the other.
   */
  | 'MULTIPLE_ACCOUNTS_NOT_SUPPORTED'
  /**
   * Neither the platform nor WEB is among the requestor's supportedPushMethods.
   *
   * What to do: This wallet or merchant cannot be reached from this platform. Offer it only where supportedPushMethods holds the platform, or WEB.
   */
  | 'PLATFORM_NOT_SUPPORTED'
  /**
   * The operators have stopped the pushes of this account holder, those to this token requestor, or all.
   *
   * What to do: The bank has stopped such pushes for now. Offer it again when its operators have lifted that; they see why with npm run hold.
   */
  | 'PUSHES_STOPPED'
  /**
   * MDES refused for the reason in reasonCode; nothing was pushed.
   *
   * What to do: Mastercard refused the push. reasonCode says why; tell the operators of this gateway.
   */
  | 'REFUSED_BY_MDES'
  /**
   * No token requestor of this id is enabled for any of the issuer's account ranges.
   *
   * What to do: No such wallet or merchant. Take an id from tokenRequestors.
   */
  | 'TOKEN_REQUESTOR_NOT_FOUND'
  /**
   * More than five accounts were named.
   *
   * What to do: A push takes at most 5 cards or accounts. Push the others afterwards.
   */
  | 'TOO_MANY_ACCOUNTS';

/** Where a push stands. */
export type PushStatus =
  /** An account has arrived, but the bank must still activate it: lead the account holder through your activation. */
  | 'ACTION_REQUIRED'
  /** The account holder or the wallet gave up. Push again with a new idempotencyKey if still wanted. */
  | 'CANCELLED'
  /** Every account has arrived at the wallet or merchant. Done. */
  | 'COMPLETED'
  /** The bank or Mastercard declined at the wallet. Offer another card. */
  | 'DECLINED'
  /** The receipts have expired and are gone. Push again with a new idempotencyKey if still wanted. */
  | 'EXPIRED'
  /** Mastercard refused every account (each says why and what to do), or the wallet could not take any. Nothing has arrived. */
  | 'FAILED'
  /** Your app has handed it off (`recordHandOff`), or the account holder has come back from there; what became of it is not known yet. */
  | 'HANDED_OFF'
  /** Being sent right now. Ask again with `push(id)` in a second; null then means that it was not sent after all. */
  | 'IN_PROGRESS'
  /** Some accounts have arrived; the `outcome` or `refusal` of the others says what became of them. */
  | 'PARTIALLY_COMPLETED'
  /** At least one account was pushed. Hand it off before `expiresAt`. */
  | 'READY'
  /** It was sent, but no clear answer came back. It is never sent again by itself. Ask the account holder to look into the wallet; if the card is not there, push again with a new idempotencyKey. */
  | 'UNKNOWN';

/** When a request may succeed that was refused. */
export type RefusalRetryRule =
  /** Only once what `message` names has been changed; take a new `idempotencyKey` then. */
  | 'AFTER_CHANGE'
  /** Never: offer something else. */
  | 'NEVER'
  /** Later, with a new `idempotencyKey`: this one is settled. */
  | 'NEW_KEY'
  /** Later, with the same `idempotencyKey`. */
  | 'SAME_KEY';

/** What kind of company takes the card. */
export type TokenRequestorType =
  /** A single shop or service that keeps the card on file. */
  | 'MERCHANT'
  /** A wallet, or a platform through which many shops are paid. */
  | 'WALLET';

export type CardsQueryVariables = Exact<{ [key: string]: never; }>;


export type CardsQuery = { fundingAccounts: Array<{ id: string, kind: FundingAccountKind, label: string, lastFour: string, status: FundingAccountStatus, artUrl: string | null }> | null };

export type WalletsQueryVariables = Exact<{
  cards: Array<string> | string;
  platform: Platform;
}>;


export type WalletsQuery = { fundingAccounts: Array<{ id: string, eligibility: Array<{ status: EligibilityStatus, maximumAccounts: number, tokenRequestor: { id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null }, refusal: { code: PushRefusalCode, accountHolderText: string, accountHolderTextLanguage: string } | null }> | null, byData: Array<{ maximumAccounts: number, tokenRequestor: { id: string } }> | null }> | null, pushes: { nodes: Array<{ createdAt: string, tokenRequestorId: string | null, accounts: Array<{ fundingAccountId: string, outcome: PushOutcome | null }> }> } | null };

export type ConsentQueryVariables = Exact<{
  cards: Array<string> | string;
  wallet: string;
  platform: Platform;
}>;


export type ConsentQuery = { fundingAccounts: Array<{ id: string, kind: FundingAccountKind, label: string, lastFour: string, status: FundingAccountStatus, artUrl: string | null, eligibility: Array<{ tokenRequestor: { supportedPushMethods: Array<Platform>, supportsIssuerInitiatedDigitizationData: boolean, supportedAccountHolderData: Array<AccountHolderDataItem>, id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null }, accountHolderDataPreview: { name: string | null, emailAddress: string | null, missing: Array<AccountHolderDataItem>, address: { line1: string | null, line2: string | null, postalCode: string | null, city: string | null, country: string | null } | null, mobilePhoneNumber: { countryDialInCode: string, phoneNumber: string } | null } | null }> | null }> | null };

export type PushCardsMutationVariables = Exact<{
  input: PushCardInput;
}>;


export type PushCardsMutation = { pushCard:
    | { __typename: 'Push', id: string, status: PushStatus, createdAt: string, expiresAt: string | null, accountHolderText: string, accountHolderTextLanguage: string, tokenRequestorId: string, tokenRequestor: { id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null } | null, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, outcome: PushOutcome | null, accountHolderText: string | null, accountHolderTextLanguage: string | null, fundingAccount: { id: string, kind: FundingAccountKind, label: string, lastFour: string, status: FundingAccountStatus, artUrl: string | null } | null, refusal: { code: PushRefusalCode, message: string, reasonCode: string | null, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null }>, nextStep:
        | { __typename: 'DigitizationDataStep', sdk: string | null, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, issuerInitiatedDigitizationData: string | null }> }
        | { __typename: 'DoneStep', followUp: FollowUp | null }
        | { __typename: 'OpenUrlStep', url: string, platform: Platform }
        | { __typename: 'WaitStep', askAgainAfter: number }
       | null }
    | { __typename: 'PushRefusal', code: PushRefusalCode, message: string, reasonCode: string | null, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string }
   | null };

export type FollowPushQueryVariables = Exact<{
  id: string;
}>;


export type FollowPushQuery = { push: { id: string, status: PushStatus, createdAt: string, expiresAt: string | null, accountHolderText: string, accountHolderTextLanguage: string, tokenRequestorId: string, tokenRequestor: { id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null } | null, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, outcome: PushOutcome | null, accountHolderText: string | null, accountHolderTextLanguage: string | null, fundingAccount: { id: string, kind: FundingAccountKind, label: string, lastFour: string, status: FundingAccountStatus, artUrl: string | null } | null, refusal: { code: PushRefusalCode, message: string, reasonCode: string | null, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null }>, nextStep:
      | { __typename: 'DigitizationDataStep', sdk: string | null, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, issuerInitiatedDigitizationData: string | null }> }
      | { __typename: 'DoneStep', followUp: FollowUp | null }
      | { __typename: 'OpenUrlStep', url: string, platform: Platform }
      | { __typename: 'WaitStep', askAgainAfter: number }
     | null } | null };

export type HandOffMutationVariables = Exact<{
  pushId: string;
  platform: Platform;
}>;


export type HandOffMutation = { recordHandOff: { id: string, status: PushStatus, createdAt: string, expiresAt: string | null, accountHolderText: string, accountHolderTextLanguage: string, tokenRequestorId: string, tokenRequestor: { id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null } | null, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, outcome: PushOutcome | null, accountHolderText: string | null, accountHolderTextLanguage: string | null, fundingAccount: { id: string, kind: FundingAccountKind, label: string, lastFour: string, status: FundingAccountStatus, artUrl: string | null } | null, refusal: { code: PushRefusalCode, message: string, reasonCode: string | null, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null }>, nextStep:
      | { __typename: 'DigitizationDataStep', sdk: string | null, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, issuerInitiatedDigitizationData: string | null }> }
      | { __typename: 'DoneStep', followUp: FollowUp | null }
      | { __typename: 'OpenUrlStep', url: string, platform: Platform }
      | { __typename: 'WaitStep', askAgainAfter: number }
     | null } | null };

export type ReportOutcomeMutationVariables = Exact<{
  pushId: string;
  outcomes: Array<AccountOutcomeInput> | AccountOutcomeInput;
}>;


export type ReportOutcomeMutation = { recordOutcome: { id: string, status: PushStatus, createdAt: string, expiresAt: string | null, accountHolderText: string, accountHolderTextLanguage: string, tokenRequestorId: string, tokenRequestor: { id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null } | null, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, outcome: PushOutcome | null, accountHolderText: string | null, accountHolderTextLanguage: string | null, fundingAccount: { id: string, kind: FundingAccountKind, label: string, lastFour: string, status: FundingAccountStatus, artUrl: string | null } | null, refusal: { code: PushRefusalCode, message: string, reasonCode: string | null, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null }>, nextStep:
      | { __typename: 'DigitizationDataStep', sdk: string | null, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, issuerInitiatedDigitizationData: string | null }> }
      | { __typename: 'DoneStep', followUp: FollowUp | null }
      | { __typename: 'OpenUrlStep', url: string, platform: Platform }
      | { __typename: 'WaitStep', askAgainAfter: number }
     | null } | null };

export type HistoryQueryVariables = Exact<{ [key: string]: never; }>;


export type HistoryQuery = { pushes: { nodes: Array<{ id: string, status: PushStatus, createdAt: string, accountHolderText: string, accountHolderTextLanguage: string, tokenRequestor: { id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null } | null, accounts: Array<{ id: string, lastFour: string }> }> } | null };

export type CardFragment = { id: string, kind: FundingAccountKind, label: string, lastFour: string, status: FundingAccountStatus, artUrl: string | null };

export type WalletFragment = { id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null };

export type RefusalFragment = { code: PushRefusalCode, message: string, reasonCode: string | null, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string };

export type FollowedPushFragment = { id: string, status: PushStatus, createdAt: string, expiresAt: string | null, accountHolderText: string, accountHolderTextLanguage: string, tokenRequestorId: string, tokenRequestor: { id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null } | null, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, outcome: PushOutcome | null, accountHolderText: string | null, accountHolderTextLanguage: string | null, fundingAccount: { id: string, kind: FundingAccountKind, label: string, lastFour: string, status: FundingAccountStatus, artUrl: string | null } | null, refusal: { code: PushRefusalCode, message: string, reasonCode: string | null, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null }>, nextStep:
    | { __typename: 'DigitizationDataStep', sdk: string | null, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, issuerInitiatedDigitizationData: string | null }> }
    | { __typename: 'DoneStep', followUp: FollowUp | null }
    | { __typename: 'OpenUrlStep', url: string, platform: Platform }
    | { __typename: 'WaitStep', askAgainAfter: number }
   | null };

export const Cards: Operation<CardsQuery, CardsQueryVariables> = {
  name: 'Cards',
  kind: 'query',
  text: "query Cards {\n  fundingAccounts {\n    ...Card\n  }\n}\n\nfragment Card on FundingAccount {\n  id\n  kind\n  label\n  lastFour\n  status\n  artUrl\n}",
};

export const Wallets: Operation<WalletsQuery, WalletsQueryVariables> = {
  name: 'Wallets',
  kind: 'query',
  text: "query Wallets($cards: [ID!]!, $platform: Platform!) {\n  fundingAccounts(ids: $cards) {\n    id\n    eligibility(platform: $platform) {\n      status\n      maximumAccounts\n      tokenRequestor {\n        ...Wallet\n      }\n      refusal {\n        code\n        accountHolderText\n        accountHolderTextLanguage\n      }\n    }\n    byData: eligibility(\n      platform: $platform\n      requestIssuerInitiatedDigitizationData: true\n      onlyEligible: true\n    ) {\n      maximumAccounts\n      tokenRequestor {\n        id\n      }\n    }\n  }\n  pushes(first: 50) {\n    nodes {\n      createdAt\n      tokenRequestorId\n      accounts {\n        fundingAccountId\n        outcome\n      }\n    }\n  }\n}\n\nfragment Wallet on TokenRequestor {\n  id\n  consumerFacingEntityName\n  type\n  logo {\n    id\n    svgUrl\n    pngUrl\n  }\n}",
};

export const Consent: Operation<ConsentQuery, ConsentQueryVariables> = {
  name: 'Consent',
  kind: 'query',
  text: "query Consent($cards: [ID!]!, $wallet: ID!, $platform: Platform!) {\n  fundingAccounts(ids: $cards) {\n    ...Card\n    eligibility(tokenRequestorIds: [$wallet], platform: $platform) {\n      tokenRequestor {\n        ...Wallet\n        supportedPushMethods\n        supportsIssuerInitiatedDigitizationData\n        supportedAccountHolderData\n      }\n      accountHolderDataPreview {\n        name\n        address {\n          line1\n          line2\n          postalCode\n          city\n          country\n        }\n        emailAddress\n        mobilePhoneNumber {\n          countryDialInCode\n          phoneNumber\n        }\n        missing\n      }\n    }\n  }\n}\n\nfragment Card on FundingAccount {\n  id\n  kind\n  label\n  lastFour\n  status\n  artUrl\n}\n\nfragment Wallet on TokenRequestor {\n  id\n  consumerFacingEntityName\n  type\n  logo {\n    id\n    svgUrl\n    pngUrl\n  }\n}",
};

export const PushCards: Operation<PushCardsMutation, PushCardsMutationVariables> = {
  name: 'PushCards',
  kind: 'mutation',
  text: "mutation PushCards($input: PushCardInput!) {\n  pushCard(input: $input) {\n    __typename\n    ... on Push {\n      ...FollowedPush\n    }\n    ... on PushRefusal {\n      ...Refusal\n    }\n  }\n}\n\nfragment FollowedPush on Push {\n  id\n  status\n  createdAt\n  expiresAt\n  accountHolderText\n  accountHolderTextLanguage\n  tokenRequestorId\n  tokenRequestor {\n    ...Wallet\n  }\n  accounts {\n    id\n    fundingAccountId\n    lastFour\n    outcome\n    accountHolderText\n    accountHolderTextLanguage\n    fundingAccount {\n      ...Card\n    }\n    refusal {\n      ...Refusal\n    }\n  }\n  nextStep {\n    __typename\n    ... on OpenUrlStep {\n      url\n      platform\n    }\n    ... on DigitizationDataStep {\n      sdk\n      accounts {\n        id\n        fundingAccountId\n        lastFour\n        issuerInitiatedDigitizationData\n      }\n    }\n    ... on WaitStep {\n      askAgainAfter\n    }\n    ... on DoneStep {\n      followUp\n    }\n  }\n}\n\nfragment Wallet on TokenRequestor {\n  id\n  consumerFacingEntityName\n  type\n  logo {\n    id\n    svgUrl\n    pngUrl\n  }\n}\n\nfragment Card on FundingAccount {\n  id\n  kind\n  label\n  lastFour\n  status\n  artUrl\n}\n\nfragment Refusal on PushRefusal {\n  code\n  message\n  reasonCode\n  retryRule\n  accountHolderText\n  accountHolderTextLanguage\n}",
};

export const FollowPush: Operation<FollowPushQuery, FollowPushQueryVariables> = {
  name: 'FollowPush',
  kind: 'query',
  text: "query FollowPush($id: ID!) {\n  push(id: $id) {\n    ...FollowedPush\n  }\n}\n\nfragment FollowedPush on Push {\n  id\n  status\n  createdAt\n  expiresAt\n  accountHolderText\n  accountHolderTextLanguage\n  tokenRequestorId\n  tokenRequestor {\n    ...Wallet\n  }\n  accounts {\n    id\n    fundingAccountId\n    lastFour\n    outcome\n    accountHolderText\n    accountHolderTextLanguage\n    fundingAccount {\n      ...Card\n    }\n    refusal {\n      ...Refusal\n    }\n  }\n  nextStep {\n    __typename\n    ... on OpenUrlStep {\n      url\n      platform\n    }\n    ... on DigitizationDataStep {\n      sdk\n      accounts {\n        id\n        fundingAccountId\n        lastFour\n        issuerInitiatedDigitizationData\n      }\n    }\n    ... on WaitStep {\n      askAgainAfter\n    }\n    ... on DoneStep {\n      followUp\n    }\n  }\n}\n\nfragment Wallet on TokenRequestor {\n  id\n  consumerFacingEntityName\n  type\n  logo {\n    id\n    svgUrl\n    pngUrl\n  }\n}\n\nfragment Card on FundingAccount {\n  id\n  kind\n  label\n  lastFour\n  status\n  artUrl\n}\n\nfragment Refusal on PushRefusal {\n  code\n  message\n  reasonCode\n  retryRule\n  accountHolderText\n  accountHolderTextLanguage\n}",
};

export const HandOff: Operation<HandOffMutation, HandOffMutationVariables> = {
  name: 'HandOff',
  kind: 'mutation',
  text: "mutation HandOff($pushId: ID!, $platform: Platform!) {\n  recordHandOff(pushId: $pushId, platform: $platform) {\n    ...FollowedPush\n  }\n}\n\nfragment FollowedPush on Push {\n  id\n  status\n  createdAt\n  expiresAt\n  accountHolderText\n  accountHolderTextLanguage\n  tokenRequestorId\n  tokenRequestor {\n    ...Wallet\n  }\n  accounts {\n    id\n    fundingAccountId\n    lastFour\n    outcome\n    accountHolderText\n    accountHolderTextLanguage\n    fundingAccount {\n      ...Card\n    }\n    refusal {\n      ...Refusal\n    }\n  }\n  nextStep {\n    __typename\n    ... on OpenUrlStep {\n      url\n      platform\n    }\n    ... on DigitizationDataStep {\n      sdk\n      accounts {\n        id\n        fundingAccountId\n        lastFour\n        issuerInitiatedDigitizationData\n      }\n    }\n    ... on WaitStep {\n      askAgainAfter\n    }\n    ... on DoneStep {\n      followUp\n    }\n  }\n}\n\nfragment Wallet on TokenRequestor {\n  id\n  consumerFacingEntityName\n  type\n  logo {\n    id\n    svgUrl\n    pngUrl\n  }\n}\n\nfragment Card on FundingAccount {\n  id\n  kind\n  label\n  lastFour\n  status\n  artUrl\n}\n\nfragment Refusal on PushRefusal {\n  code\n  message\n  reasonCode\n  retryRule\n  accountHolderText\n  accountHolderTextLanguage\n}",
};

export const ReportOutcome: Operation<ReportOutcomeMutation, ReportOutcomeMutationVariables> = {
  name: 'ReportOutcome',
  kind: 'mutation',
  text: "mutation ReportOutcome($pushId: ID!, $outcomes: [AccountOutcomeInput!]!) {\n  recordOutcome(pushId: $pushId, outcomes: $outcomes) {\n    ...FollowedPush\n  }\n}\n\nfragment FollowedPush on Push {\n  id\n  status\n  createdAt\n  expiresAt\n  accountHolderText\n  accountHolderTextLanguage\n  tokenRequestorId\n  tokenRequestor {\n    ...Wallet\n  }\n  accounts {\n    id\n    fundingAccountId\n    lastFour\n    outcome\n    accountHolderText\n    accountHolderTextLanguage\n    fundingAccount {\n      ...Card\n    }\n    refusal {\n      ...Refusal\n    }\n  }\n  nextStep {\n    __typename\n    ... on OpenUrlStep {\n      url\n      platform\n    }\n    ... on DigitizationDataStep {\n      sdk\n      accounts {\n        id\n        fundingAccountId\n        lastFour\n        issuerInitiatedDigitizationData\n      }\n    }\n    ... on WaitStep {\n      askAgainAfter\n    }\n    ... on DoneStep {\n      followUp\n    }\n  }\n}\n\nfragment Wallet on TokenRequestor {\n  id\n  consumerFacingEntityName\n  type\n  logo {\n    id\n    svgUrl\n    pngUrl\n  }\n}\n\nfragment Card on FundingAccount {\n  id\n  kind\n  label\n  lastFour\n  status\n  artUrl\n}\n\nfragment Refusal on PushRefusal {\n  code\n  message\n  reasonCode\n  retryRule\n  accountHolderText\n  accountHolderTextLanguage\n}",
};

export const History: Operation<HistoryQuery, HistoryQueryVariables> = {
  name: 'History',
  kind: 'query',
  text: "query History {\n  pushes(first: 20) {\n    nodes {\n      id\n      status\n      createdAt\n      accountHolderText\n      accountHolderTextLanguage\n      tokenRequestor {\n        ...Wallet\n      }\n      accounts {\n        id\n        lastFour\n      }\n    }\n  }\n}\n\nfragment Wallet on TokenRequestor {\n  id\n  consumerFacingEntityName\n  type\n  logo {\n    id\n    svgUrl\n    pngUrl\n  }\n}",
};