import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parseEnvFile, withEnvFile } from './env-file.mjs';
import { readSettings } from './settings.mjs';

describe('the settings of a start', () => {
  it('have defaults for everything', () => {
    const subject = readSettings({}, '/project');
    assert.deepEqual(subject.ports, { gateway: 8080, control: 8100, google: 8101, microsoft: 8102, exchange: 8103 });
    assert.equal(subject.home, '/project/.daybook');
    assert.equal(subject.simulate, true);
  });

  it('tell all their faults at once', () => {
    const given = { GATEWAY_PORT: 'x', SANDBOX_GOOGLE_PORT: '99999', MONGODB_URI: 'http://db', GOOGLE_CLIENT_ID: 'id' };
    assert.throws(
      () => readSettings(given, '/project'),
      (error) => {
        for (const name of ['GATEWAY_PORT', 'SANDBOX_GOOGLE_PORT', 'MONGODB_URI', 'GOOGLE_CLIENT_SECRET']) {
          assert.match(error.message, new RegExp(name));
        }
        return true;
      },
    );
  });

  it('have no simulators once one provider is a real one', () => {
    for (const name of ['GOOGLE_BASE_URL', 'MICROSOFT_LOGIN_URL', 'MICROSOFT_GRAPH_URL']) {
      assert.equal(readSettings({ [name]: 'https://provider.example' }, '/project').simulate, false);
    }
    const client = { MICROSOFT_CLIENT_ID: 'id', MICROSOFT_CLIENT_SECRET: 'secret' };
    assert.equal(readSettings(client, '/project').simulate, false);
    assert.throws(() => readSettings({ MICROSOFT_CLIENT_ID: 'id' }, '/project'), /MICROSOFT_CLIENT_SECRET/);
  });

  it('refuse one port for two', () => {
    assert.throws(() => readSettings({ GATEWAY_PORT: '8100' }, '/project'), /both 8100/);
  });

  it('take a replica set of several hosts', () => {
    const MONGODB_URI = 'mongodb://a:1,b:2/?replicaSet=x';
    assert.equal(readSettings({ MONGODB_URI }, '/project').mongodbUri, MONGODB_URI);
  });

  it('come from the file unless the environment names them, be it as empty', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'daybook-env-'));
    await writeFile(join(folder, '.env'), 'A=file\nB=file\nC=\nD=file\n');
    const subject = withEnvFile({ A: 'environment', B: '' }, join(folder, '.env'));
    assert.deepEqual(subject, { A: 'environment', D: 'file' });
    assert.deepEqual(withEnvFile({ A: '1' }, join(folder, 'none')), { A: '1' });
    await rm(folder, { recursive: true });
  });

  it('are read from lines with comments, quotes and export', () => {
    const text = '# comment\nexport A=1\nB = "two words" \nC=plain # said\n\nD=\'#no\'\nbroken line';
    assert.deepEqual(parseEnvFile(text), { A: '1', B: 'two words', C: 'plain', D: '#no' });
  });
});
