/** The wire itself: `node:http` that gives the same bytes to whoever asks whatever. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { contentType, base64 } = JSON.parse(readFileSync(process.env.PEER_DATA ?? '', 'utf8'));
const body = Buffer.from(base64, 'base64');

createServer((_request, response) => {
  response.writeHead(200, { 'content-type': contentType, 'content-length': body.length });
  response.end(body);
}).listen(Number(process.env.PORT), '127.0.0.1');
