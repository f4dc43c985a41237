import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startGateway, type GatewayUnderTest } from '../testing/start-gateway';

describe('the portal’s files', () => {
  const root = mkdtempSync(join(tmpdir(), 'daybook-portal-'));
  const dir = join(root, 'portal');
  let subject: GatewayUnderTest;

  beforeAll(async () => {
    mkdirSync(join(dir, 'assets'), { recursive: true });
    writeFileSync(join(root, 'outside.txt'), 'not for you');
    writeFileSync(join(dir, '.hidden'), 'not for you');
    writeFileSync(join(dir, 'index.html'), '<!doctype html><title>Daybook</title>');
    writeFileSync(join(dir, 'icon.svg'), '<svg/>');
    writeFileSync(join(dir, 'assets', 'index-B3xK9a_0.js'), 'console');
    writeFileSync(join(dir, 'assets', 'index-B3xK9a_0.js.gz'), gzipSync('console'));
    subject = await startGateway({ env: { PORTAL_DIR: dir } });
  });
  afterAll(async () => {
    await subject.stop();
    rmSync(root, { recursive: true });
  });

  const get = (url: string, headers: Record<string, string> = { accept: 'text/html' }) =>
    subject.app.inject({ method: 'GET', url, headers });

  it('answer every page address with the one page, never kept by caches', async () => {
    for (const url of ['/', '/profile/integration?result=connected', '/meetings/mtg_1', '/index.html', '/v1x']) {
      const response = await get(url);
      expect(response.statusCode).toBe(200);
      expect(response.headers['content-type']).toContain('text/html');
      expect(response.headers['cache-control']).toBe('no-cache');
      expect(response.headers['content-security-policy']).toContain("script-src 'self';");
      expect(response.body).toContain('Daybook');
    }
  });

  it('keep files with a hash in their name for good, packed where the browser can unpack', async () => {
    const packed = await get('/assets/index-B3xK9a_0.js', { 'accept-encoding': 'gzip' });
    expect(packed.headers).toMatchObject({
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    expect(packed.headers['content-type']).toContain('javascript');
    const plain = await get('/assets/index-B3xK9a_0.js', {});
    expect(plain.headers).not.toHaveProperty('content-encoding');
    expect(plain.body).toBe('console');
    expect((await get('/icon.svg', {})).headers['cache-control']).toBe('no-cache');
  });

  it('never stand in for the API, and never leave their folder', async () => {
    for (const url of [
      '/v1/nope',
      '/v1',
      '/hooks/',
      '/assets/missing-B3xK9a_0.js',
      '/..%2foutside.txt',
      '/%2e%2e/outside.txt',
      '/assets/..%2f..%2foutside.txt',
      '/.hidden',
      '/assets/%00.js',
      '/assets',
    ]) {
      const response = await get(url);
      expect(response.body).not.toContain('not for you');
      if (url !== '/assets') {
        expect([400, 404]).toContain(response.statusCode);
        expect(response.headers['content-type']).toContain('application/problem+json');
        expect(response.headers['cache-control']).toBe('no-store');
      }
    }
    expect((await get('/meetings', { accept: 'application/json' })).statusCode).toBe(404);
    expect((await subject.app.inject({ method: 'POST', url: '/' })).statusCode).toBe(404);
  });
});
