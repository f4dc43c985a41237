import { AddressGuard } from '../address-guard';
import { createHttpClient } from '../http-client';
import type { HttpClient, HttpClientOptions, HttpCredentials, HttpRequest } from '../http-types';
import { SignInServer, type SignInSetting } from './sign-in-server';

export const ALL = ['Negotiate', 'NTLM', 'Basic realm="mail"'];
export const PASSWORD = 'canary-pässword';
export const BY_NTLM: HttpCredentials = {
  ...{ user: 'anna', domain: 'CORP', password: PASSWORD },
  ...{ schemes: ['ntlm', 'basic'], overPlainHttp: true },
};
export const BY_BASIC: HttpCredentials = { ...BY_NTLM, schemes: ['basic'] };
export const BEN: HttpCredentials = { ...BY_NTLM, user: 'ben', password: 'b' };
/** Of a first request by NTLM. */
export const LEGS = ['none@1', 'negotiate@1', 'authenticate@1'];

/** Servers that ask who somebody is, each with a client of its own. */
export class SignInBench {
  private readonly servers: SignInServer[] = [];
  private readonly clients: HttpClient[] = [];

  async set(setting: Partial<SignInSetting> = {}, options: Partial<HttpClientOptions> = {}) {
    const accounts = { 'CORP\\anna': PASSWORD, '\\anna@corp.example': PASSWORD, 'CORP\\ben': 'b' };
    const server = await new SignInServer({ accounts, challenges: ALL, ...setting }).start();
    this.servers.push(server);
    const guard = new AddressGuard({ allowHosts: [server.host] });
    const client = createHttpClient({ userAgent: 'daybook/test', guard, ...options });
    this.clients.push(client);
    const post = (credentials: HttpCredentials = BY_NTLM, more: Partial<HttpRequest> = {}) =>
      client.request({ method: 'POST', url: `${server.url}/ews`, body: 'envelope', credentials, ...more });
    return { server, client, post };
  }

  async end(): Promise<void> {
    await Promise.all(this.clients.splice(0).map((client) => client.close()));
    for (const server of this.servers.splice(0)) server.stop();
  }
}
