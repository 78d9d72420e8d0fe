/** MDES's own errors, as they stand in `errors[]`. */

export interface WireError {
  readonly source: 'INPUT' | 'MDES';
  readonly reasonCode: string;
  readonly description: string;
}

export const wireError = {
  length: (field: string): WireError => input('INVALID_FIELD_LENGTH', `Invalid Field Length - ${field}`),
  format: (field: string): WireError => input('INVALID_FIELD_FORMAT', `Invalid Field Format - ${field}`),
  value: (field: string): WireError => input('INVALID_FIELD_VALUE', `Invalid Field Value - ${field}`),
  missing: (field: string): WireError => input('MISSING_REQUIRED_FIELD', `Missing Required Field - ${field}`),
  missingExpiryDate: (): WireError => input('MISSING_EXPIRY_DATE', 'Missing Expiry Date'),
  json: (): WireError => input('INVALID_JSON', 'Invalid JSON'),
  cryptography: (): WireError => input('CRYPTOGRAPHY_ERROR', 'Cryptography Error'),
  ineligible: (source: WireError['source'] = 'INPUT'): WireError => ({
    source,
    reasonCode: 'ACCOUNT_INELIGIBLE',
    description: 'The card or financial account is not eligible.',
  }),
  authorizationFailed: (): WireError => ({
    source: 'MDES',
    reasonCode: 'AUTHORIZATION_FAILED',
    description: 'Authorization failed.',
  }),
  internalFailure: (): WireError => ({
    source: 'MDES',
    reasonCode: 'INTERNAL_SERVICE_FAILURE',
    description: 'MDES had an internal exception.',
  }),
} as const;

function input(reasonCode: string, description: string): WireError {
  return { source: 'INPUT', reasonCode, description };
}
