import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { openUrl } from './fetch-file.mjs';

describe('fetching from a vendor', () => {
  it('gives up on a host that takes the connection and says nothing', { timeout: 15_000 }, async () => {
    const silent = createServer(() => {});
    await new Promise((resolve) => silent.listen(0, '127.0.0.1', resolve));
    await assert.rejects(openUrl(`https://127.0.0.1:${silent.address().port}/file`), /could not connect within 5 s/);
    silent.close();
  });

  it('fails at once when nobody listens', async () => {
    const server = createServer();
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address();
    await new Promise((resolve) => server.close(resolve));
    await assert.rejects(openUrl(`https://127.0.0.1:${port}/file`), /ECONNREFUSED/);
  });
});
