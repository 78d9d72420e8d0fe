/** A balancer that is told of a gateway's end as late as Kubernetes tells its nodes; it looks at nothing itself, and repeats nothing. */
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Balancer } from './balancer.js';

const LATE_MS = 1000;
const LOOK_EVERY_MS = 100;

export async function startLateBalancer(ports: readonly number[]): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true });
  const out = new Set<number>();
  let turn = 0;
  const server = createServer((incoming, response) => {
    const inside = ports.filter((_, at) => !out.has(at));
    turn += 1;
    const { method, url: path, headers } = incoming;
    const port = inside[turn % inside.length];
    const onward = request({ host: '127.0.0.1', port, method, path, headers, agent }, (answer) => {
      const { connection: _, ...kept } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, kept);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async whenAllServe() {
      for (const [at, port] of ports.entries()) {
        while (!(await isReady(port))) await sleep(LOOK_EVERY_MS);
        out.delete(at);
      }
    },
    async told(at) {
      await sleep(LATE_MS);
      out.add(at);
    },
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
  return answer?.status === 200;
}
