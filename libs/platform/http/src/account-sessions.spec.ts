import { failureOf } from './testing/failure-of';
import { ALL, BEN, BY_BASIC, BY_NTLM, LEGS, SignInBench } from './testing/sign-in-bench';

describe('a request with credentials and its connection', () => {
  const bench = new SignInBench();
  const set = bench.set.bind(bench);

  afterEach(() => bench.end());

  it('of which many are made at once, are sent one after the other', async () => {
    const { server, post } = await set();
    const responses = await Promise.all(Array.from({ length: 5 }, (_, n) => post(BY_NTLM, { body: `${n}` })));
    expect(responses.map((response) => response.json())).toMatchObject([0, 1, 2, 3, 4].map((n) => ({ body: `${n}` })));
    expect(server.legs).toEqual([...LEGS, 'none@1', 'none@1', 'none@1', 'none@1']);
  });

  it('never shares a connection with another account, password or domain', async () => {
    const { server, client, post } = await set();
    await post();
    expect((await post(BEN)).json()).toMatchObject({ who: 'CORP\\ben' });
    expect((await post({ ...BY_NTLM, password: 'guessed' })).status).toBe(401);
    expect((await post({ ...BY_NTLM, domain: 'OTHER' })).status).toBe(401);
    const { credentials: _none, ...bare } = { credentials: null, method: 'POST', url: `${server.url}/ews` };
    expect((await client.request(bare)).status).toBe(401);
    expect(server.connections).toBe(5);
  });

  it('goes over a new connection when its own was closed meanwhile', async () => {
    const { server, post } = await set();
    server.setting.answer = (response) => {
      const { socket } = response;
      setTimeout(() => socket?.destroy(), 20);
      response.end('ok');
    };
    await post();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await post()).status).toBe(200);
    expect(server.legs).toEqual([...LEGS, 'none@2', 'negotiate@2', 'authenticate@2']);
  });

  it('goes over a new connection when the server closes it after each refusal', async () => {
    const { server, post } = await set();
    server.setting.before = ({ leg }, response) =>
      leg === 'none' && !!response.writeHead(401, { 'www-authenticate': ALL, connection: 'close' }).end();
    expect((await post()).status).toBe(200);
    expect(server.legs).toEqual(['none@1', 'negotiate@2', 'authenticate@2']);
  });

  it('begins the legs once anew when the connection is lost between them', async () => {
    const { server, post } = await set();
    server.setting.before = ({ leg, connection }, response) =>
      leg === 'negotiate' && connection === 1 && !!response.socket?.destroy();
    expect((await post()).status).toBe(200);
    expect(server.legs).toEqual(['none@1', 'negotiate@1', 'negotiate@2', 'authenticate@2']);
    server.setting.before = ({ leg }, response) => leg !== 'none' && !!response.socket?.destroy();
    expect(await failureOf(post({ ...BY_NTLM, user: 'ben' }))).toMatchObject({ kind: 'network' });
    expect(server.legs.slice(4)).toEqual(['none@3', 'negotiate@3', 'negotiate@4']);
  });

  it('gives up after the second connection that the server closes with its challenge', async () => {
    const { server, post } = await set();
    server.setting.before = (_heard, response) => {
      response.setHeader('connection', 'close');
      return false;
    };
    expect(await failureOf(post())).toMatchObject({ kind: 'network', code: 'connection_lost' });
    expect(server.legs).toEqual(['none@1', 'negotiate@2', 'negotiate@3']);
    expect(server.verdicts).toEqual([]);
  });

  it('is not repeated when its last leg gets no answer, as the password may have been judged', async () => {
    const { server, post } = await set();
    server.setting.before = ({ leg }, response) => leg === 'authenticate' && !!response.socket?.destroy();
    expect((await failureOf(post())).kind).toBe('network');
    expect(server.legs).toEqual(LEGS);
  });

  describe('has a connection that', () => {
    const until = async (isSo: () => boolean) => {
      for (let round = 0; round < 100 && !isSo(); round += 1) await new Promise((resolve) => setTimeout(resolve, 50));
      expect(isSo()).toBe(true);
    };

    it('is closed after idle time', async () => {
      const { server, post } = await set({}, { sessionIdleMs: 50 });
      await post();
      expect(server.openConnections).toBe(1);
      await until(() => server.openConnections === 0);
      expect((await post()).status).toBe(200);
    });

    it('makes room for those used later, but not before it is done', async () => {
      const { server, post } = await set({}, { maxSessions: 2 });
      server.setting.answer = (response, who) => void setTimeout(() => response.end(), who === 'CORP\\anna' ? 200 : 0);
      const slow = post();
      await Promise.all([post(BY_BASIC), post(BEN)]);
      expect((await slow).status).toBe(200);
      await until(() => server.openConnections === 2);
    });

    it('is closed with the client, which makes no other', async () => {
      const { server, client, post } = await set();
      await post();
      await client.close();
      await until(() => server.openConnections === 0);
      expect(await failureOf(post())).toMatchObject({ kind: 'network', code: 'closed' });
    });
  });
});
