/** The wire itself: `node:http` that gives the same bytes to whoever asks whatever; with READS it looks at what came first. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { contentType, base64 } = JSON.parse(readFileSync(process.env.PEER_DATA ?? '', 'utf8'));
const body = Buffer.from(base64, 'base64');

/** @param {import('node:http').ServerResponse} response */
function answer(response) {
  response.writeHead(200, { 'content-type': contentType, 'content-length': body.length });
  response.end(body);
}

createServer((request, response) => {
  if (process.env.READS !== 'yes') {
    answer(response);
    return;
  }
  let missing = Number(request.headers['content-length'] ?? 0);
  request.on('data', (chunk) => {
    missing -= chunk.length;
    if (missing === 0) answer(response);
  });
}).listen(Number(process.env.PORT), '127.0.0.1');
