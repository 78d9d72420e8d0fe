/** Why bytes are not a picture that may be shown: for the log, so it never holds any of them. */
export class PictureFault extends Error {
  override readonly name = 'PictureFault';
}
