/** Why a key or a certificate cannot be used, and the mend: one sentence for each reason, told to the operator. */
export class KeyFault extends Error {
  override readonly name = 'KeyFault';
}
