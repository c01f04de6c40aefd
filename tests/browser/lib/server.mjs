// A plain static server that remembers what it was asked for. It serves what a town hall's
// server would: files by name, no redirect, no listing. Compression is off unless it is asked for:
// the settings that lie beside the sites switch it on, and yet not every town hall will use them.

import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { createGzip } from 'node:zlib';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.xml': 'application/xml',
};

/**
 * Serves `folder` on a free port of this machine; the caller closes it.
 * `wasmType` plays a server that does not know Wasm, which old ones do not; with `gzip` it
 * compresses as our settings for web servers say.
 */
export async function serve(folder, { wasmType = TYPES['.wasm'], gzip = false } = {}) {
  const log = [];
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://any').pathname);
    const file = path.join(folder, path.normalize(name));
    const found = isFile(file);
    log.push({ method: request.method, path: name, status: found ? 200 : 404 });
    if (!found) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
      return;
    }
    const extension = path.extname(file);
    const type = extension === '.wasm' ? wasmType : TYPES[extension];
    const headers = { 'content-type': type ?? 'application/octet-stream' };
    if (gzip && extension !== '.png') {
      response.writeHead(200, { ...headers, 'content-encoding': 'gzip' });
      createReadStream(file).pipe(createGzip()).pipe(response);
      return;
    }
    response.writeHead(200, headers);
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    log,
    port: server.address().port,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}

function isFile(file) {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
