/** What Node lets the environment do to every TLS connection of the process. */

export function tlsFaults(environment: Readonly<Record<string, string | undefined>>): string[] {
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return [];
  return [
    'NODE_TLS_REJECT_UNAUTHORIZED is 0, so that anybody could be the card store, the sign-in or the database. Take it out; name an authority of your own by NODE_EXTRA_CA_CERTS.',
  ];
}
