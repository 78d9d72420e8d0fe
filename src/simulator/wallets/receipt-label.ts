/** A receipt as a page may show it: its product and its last four characters. */

const PRODUCTS: Readonly<Record<string, string>> = {
  MCC: 'Credit card',
  DMC: 'Debit card or account',
  MSI: 'Maestro card',
};

interface ReceiptLabel {
  readonly product: string;
  readonly masked: string;
}

export function receiptLabel(receipt: string): ReceiptLabel {
  const [, code = ''] = /^([A-Z]{3})-/.exec(receipt) ?? [];
  const product = Object.hasOwn(PRODUCTS, code) ? PRODUCTS[code] : undefined;
  return { product: product ?? 'Card', masked: `${code === '' ? '' : `${code} `}•••• ${receipt.slice(-4)}` };
}
