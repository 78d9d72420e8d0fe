/** What the screens ask for. Every object with an id is asked for it, so that the cache can tell what is the same. */
import { graphql } from './gql/index';

export const Home = graphql(`
  query Home {
    fundingAccounts {
      id
      label
      lastFour
      status
      artUrl
      tokenRequestors {
        id
        consumerFacingEntityName
        enabledAccountRanges
        supportsIssuerInitiatedDigitizationData
        supportsMultiplePushedCards
        logo {
          id
          svgUrl
        }
      }
    }
    catalogue {
      asOf
      stale
    }
  }
`);

export const Picker = graphql(`
  query Picker($fundingAccountIds: [ID!]!) {
    tokenRequestors(fundingAccountIds: $fundingAccountIds) {
      id
      consumerFacingEntityName
      enabledAccountRanges
      logo {
        id
        svgUrl
        pngUrl
      }
    }
    fundingAccounts(ids: $fundingAccountIds) {
      id
      eligibility(onlyEligible: true) {
        status
        maximumAccounts
        tokenRequestor {
          id
          supportedAccountHolderData
        }
      }
    }
  }
`);

export const PushCard = graphql(`
  mutation PushCard($input: PushCardInput!) {
    pushCard(input: $input) {
      __typename
      ... on Push {
        id
        ...LivePush
      }
      ... on PushRefusal {
        code
        accountHolderText
        accountHolderTextLanguage
      }
    }
  }

  fragment LivePush on Push {
    status
    expiresAt
    accountHolderText
    accounts {
      id
      fundingAccountId
      pushAccountReceipt
      issuerInitiatedDigitizationData
      outcome
      refusal {
        code
      }
    }
    handOffs {
      platform
      url
      recommended
      fundingAccountId
    }
    nextStep {
      ... on OpenUrlStep {
        url
        platform
        expiresAt
      }
      ... on DigitizationDataStep {
        sdk
        expiresAt
        accounts {
          id
        }
      }
      ... on WaitStep {
        askAgainAfter
      }
      ... on DoneStep {
        followUp
      }
    }
  }
`);

export const LivePush = graphql(`
  query LivePush($id: ID!) {
    push(id: $id) {
      id
      ...LivePush
    }
  }
`);

export const RecordHandOff = graphql(`
  mutation RecordHandOff($pushId: ID!) {
    recordHandOff(pushId: $pushId, platform: WEB) {
      id
      ...LivePush
    }
  }
`);

export const RecordOutcome = graphql(`
  mutation RecordOutcome($pushId: ID!, $outcomes: [AccountOutcomeInput!]!) {
    recordOutcome(pushId: $pushId, outcomes: $outcomes) {
      id
      ...LivePush
    }
  }
`);

export const History = graphql(`
  query History($first: Int!, $after: String) {
    pushes(first: $first, after: $after) {
      edges {
        cursor
        node {
          id
          status
          createdAt
          accountHolderText
          tokenRequestor {
            id
            consumerFacingEntityName
            logo {
              id
              svgUrl
            }
          }
          accounts {
            id
            lastFour
            outcome
            refusal {
              code
              accountHolderText
            }
            fundingAccount {
              id
              label
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
