/** Audit lines by syslog, to a relay on this machine. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { SyslogSink } from '../../../src/audit/syslog-sink.js';
import { trailInto, verdictOf } from '../../support/audit.js';

let relay: Socket | undefined;
afterEach(() => {
  relay?.close();
  relay = undefined;
});

describe('the syslog of the audit trail', () => {
  it('gets a datagram a line in the form of RFC 5424, whose chain is whole', async () => {
    const received: string[] = [];
    relay = createSocket('udp4').on('message', (message) => received.push(message.toString()));
    relay.bind(0, '127.0.0.1');
    await once(relay, 'listening');
    const sink = await SyslogSink.open({ host: '127.0.0.1', port: relay.address().port });
    const { trail, key } = trailInto(sink);
    for (let n = 0; n < 50; n++) trail.record({ action: 'data.read', details: { n } });
    await trail.close();
    while (received.length < 51) await pause(5);
    expect(received[0]).toMatch(
      /^<110>1 \d{4}-\d\d-\d\dT[\d:.]+Z \S+ token-connect-gateway \d+ audit - \{"audit":1,.*\}$/,
    );
    expect(verdictOf(received, [key])).toMatchObject({ lines: 51, faults: [] });
  });

  it('is failing where nobody listens', async () => {
    const free = createSocket('udp4');
    free.bind(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address();
    free.close();
    const sink = await SyslogSink.open({ host: '127.0.0.1', port });
    for (let tries = 0; sink.isWell() && tries < 200; tries++) {
      sink.write('line\n');
      await pause(10);
    }
    expect(sink.isWell()).toBe(false);
    await sink.end();
  });
});
