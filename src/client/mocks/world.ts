/** What the mocks tell of: Susan's accounts at Moon Bank, and who takes them. The same ids as in the demo, so that both can be swapped. */

export type Row = Readonly<Record<string, unknown>>;

const ACCOUNT_RANGES = ['5204740000000000000', '5413339000000000000'];

const LOGO_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>';

function logo(id: string): Row {
  return {
    id,
    svgUrl: `https://gateway.example/assets/${id}.svg`,
    pngUrl: null,
    mediaContents: [{ type: 'image/svg+xml', data: btoa(LOGO_SVG), width: null, height: null }],
  };
}

function requestor(id: string, consumerFacingEntityName: string, logoId: string, more: Row): Row {
  return {
    id,
    name: `${consumerFacingEntityName}, Inc.`,
    consumerFacingEntityName,
    type: 'WALLET',
    walletId: null,
    imageAssetId: logoId,
    logo: logo(logoId),
    enabledAccountRanges: ACCOUNT_RANGES,
    supportedPushMethods: ['ANDROID', 'IOS', 'WEB'],
    supportsMultiplePushedCards: true,
    supportedAccountHolderData: ['NAME', 'EMAIL_ADDRESS'],
    supportsCardHolderAuthentication: false,
    supportsIssuerInitiatedDigitizationData: false,
    ...more,
  };
}

/** A wallet that takes digitization data, one that a URL leads to, and a merchant that takes one card at a time. */
export const TOKEN_REQUESTORS: readonly Row[] = [
  requestor('50130000001', 'Lark Wallet', '6f2c1d1e-0000-4000-8000-000000000001', {
    walletId: 'LRK',
    supportsIssuerInitiatedDigitizationData: true,
  }),
  requestor('50130000014', 'Swallow Redirect Wallet', '6f2c1d1e-0000-4000-8000-000000000014', {}),
  requestor('50130000102', 'Café Élan & Fils', '6f2c1d1e-0000-4000-8000-000000000102', {
    type: 'MERCHANT',
    supportsMultiplePushedCards: false,
    supportedAccountHolderData: [],
  }),
];

function account(id: string, kind: string, label: string, lastFour: string): Row {
  return { id, kind, label, lastFour, status: 'ACTIVE', artUrl: null };
}

export const FUNDING_ACCOUNTS: readonly Row[] = [
  account('card-1', 'CARD', 'Moon Bank Credit', '0012'),
  account('card-2', 'CARD', 'Moon Bank Debit', '0028'),
  account('account-1', 'FINANCIAL_ACCOUNT', 'Moon Bank Current Account', '1234'),
];

/** Masked, as the gateway gives it. */
export function holderData(items: readonly unknown[]): Row {
  const address = {
    line1: '1•••',
    line2: null,
    city: 'London',
    countrySubdivision: null,
    postalCode: 'E•••',
    country: 'GBR',
  };
  return {
    name: items.includes('NAME') ? 'S•••n A••••r' : null,
    address: items.includes('ADDRESS') ? address : null,
    emailAddress: items.includes('EMAIL_ADDRESS') ? 's•••@m•••.example' : null,
    mobilePhoneNumber: items.includes('MOBILE_PHONE_NUMBER')
      ? { countryDialInCode: '44', phoneNumber: '••••••••01' }
      : null,
    missing: [],
  };
}

export function byId(rows: readonly Row[], id: unknown): Row | null {
  return rows.find((row) => row['id'] === id) ?? null;
}
