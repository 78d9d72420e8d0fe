/** An account of the demo card store, with all that the store knows of it. */
import type { FundingAccountStatus } from '../../domain/funding-account.js';

/** As a bank has it; card-store.openapi.yaml says which forms may come. */
export interface HolderData {
  readonly accountHolderName?: string;
  readonly accountHolderAddress?: {
    readonly line1?: string;
    readonly line2?: string;
    readonly city?: string;
    readonly countrySubdivision?: string;
    readonly postalCode?: string;
    readonly country?: string;
  };
  readonly accountHolderEmailAddress?: string;
  readonly accountHolderMobilePhoneNumber?:
    | string
    | {
        readonly phoneNumber: string;
        readonly countryDialInCode?: string;
        readonly country?: string;
      };
}

interface AccountBase {
  readonly id: string;
  readonly accountHolder: string;
  readonly label: string;
  readonly status: FundingAccountStatus;
  /** The file of its picture; null for none. */
  readonly art: string | null;
  /** Significant digits of the account range. */
  readonly range: string;
  readonly holder: HolderData;
}

export interface DemoCard extends AccountBase {
  readonly kind: 'CARD';
  readonly data: {
    readonly accountNumber: string;
    readonly expiryMonth?: string;
    readonly expiryYear?: string;
  };
}

interface DemoFinancialAccount extends AccountBase {
  readonly kind: 'FINANCIAL_ACCOUNT';
  readonly data: {
    readonly financialAccountId: string;
    readonly interbankCardAssociationId: string;
    readonly countryCode: string;
  };
}

export type DemoAccount = DemoCard | DemoFinancialAccount;
