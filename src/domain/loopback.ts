/** Which hosts are this machine itself: embedded parts and plain http are allowed there only. */

/** Takes a host name as `URL.hostname` or a listen address gives it. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
