/** Where a wallet leads back to: tells the demo bank around it, or goes there when it stands alone. */

/** The query, as the wallet or the gateway wrote it: of a push its id and status, or the outcome of one account. */
export type BackMessage = { readonly type: 'back'; readonly query: string };

if (window.parent === window) {
  const pushId = new URLSearchParams(window.location.search).get('pushId');
  window.location.replace(`../${pushId === null ? '' : `#/push/${pushId}`}`);
} else {
  const message: BackMessage = { type: 'back', query: window.location.search };
  window.parent.postMessage(message, window.location.origin);
}
