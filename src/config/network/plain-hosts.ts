/** PLAIN_HTTP_HOSTS: hosts for which http is meant, because a mesh or the like encrypts on the way. */
import type { SettingReader } from '../setting-reader.js';

const NAME = /^(?:[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?|\[[0-9a-f:.]+\])$/i;

/** Notes a fault for what is no host: passed over in silence, it would be looked for in the URL instead. */
export function checkPlainHosts(reader: SettingReader): void {
  if ((reader.list('PLAIN_HTTP_HOSTS') ?? []).every((host) => NAME.test(host))) return;
  reader.fault(
    'PLAIN_HTTP_HOSTS must list hosts like cards.bank.svc.cluster.local, comma-separated, without scheme, port and wildcards.',
  );
}
