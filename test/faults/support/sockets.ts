/** Bare sockets of the suite: who asks and never reads. */
import { connect, type Socket } from 'node:net';

export interface DeafSocket {
  readonly socket: Socket;
  /** Milliseconds from the request to the cut; undefined while the connection stands. */
  cutAfterMs(): number | undefined;
}

/** Sends one POST and reads nothing of its answer: the receive window fills and stays full. */
export function askAndNeverRead(
  { url, token }: { readonly url: string; readonly token: string },
  query: string,
  times: number,
): Promise<DeafSocket> {
  const { hostname, port, host } = new URL(url);
  const body = JSON.stringify({ query });
  const request =
    `POST /graphql HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\n` +
    `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let askedAt = 0;
    let cut: number | undefined;
    socket.pause();
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      askedAt = performance.now();
      socket.write(request.repeat(times));
      resolve({ socket, cutAfterMs: () => cut });
    });
    // Who reads nothing hears of the end only when it writes; and a byte now and then must buy no time.
    const poke = setInterval(() => socket.write('\r\n'), 500);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearInterval(poke);
      cut ??= performance.now() - askedAt;
    });
  });
}
