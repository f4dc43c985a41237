import type { ProviderHttp, ProviderHttpRequest, ProviderHttpResponse } from '@daybook/provider-port';

export interface WebAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A 401 that the http client answered with no password. */
  readonly withheld?: true;
  /** When the certificate of this server expires. */
  readonly expiresAt?: number;
  /** In place of an answer, as the http client tells it. */
  readonly fails?: { readonly kind: string; readonly code?: string };
}

type Site = WebAnswer | ((request: ProviderHttpRequest) => WebAnswer);

const NOT_FOUND: WebAnswer = { fails: { kind: 'network', code: 'ENOTFOUND' } };

/** Web servers by `METHOD address`, the query aside; all others are names that nobody knows. */
export class FakeWeb implements ProviderHttp {
  readonly requests: ProviderHttpRequest[] = [];

  constructor(private readonly sites: Readonly<Record<string, Site>>) {}

  /** Where the password went. */
  get trusted(): readonly string[] {
    return this.requests.filter(({ credentials }) => credentials !== undefined).map(({ url }) => url);
  }

  get asked(): readonly string[] {
    return this.requests.map(({ method, url }) => `${method} ${url.split('?')[0] ?? ''}`);
  }

  async request(request: ProviderHttpRequest): Promise<ProviderHttpResponse> {
    this.requests.push(request);
    const site = this.sites[`${request.method} ${request.url.split('?')[0] ?? ''}`] ?? NOT_FOUND;
    const {
      status = 200,
      headers = {},
      body = '',
      withheld,
      expiresAt,
      fails,
    } = typeof site === 'function' ? site(request) : site;
    if (fails) throw Object.assign(new Error(fails.kind), fails);
    return {
      ...{ status, headers, body: Buffer.from(body), text: () => body },
      ...(withheld ? { credentialsWithheld: withheld } : {}),
      ...(expiresAt === undefined ? {} : { certificate: { expiresAt } }),
      json: (): unknown => JSON.parse(body),
    };
  }
}

const NAMES =
  'xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"';
export const soap = (content: string): WebAnswer => ({
  body: `<s:Envelope ${NAMES}><s:Body>${content}</s:Body></s:Envelope>`,
});
const folder = (name: string) =>
  `<m:GetFolderResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:Folders><t:${name}><t:FolderId Id="root"/></t:${name}></m:Folders></m:GetFolderResponseMessage>`;

export const LETS_IN: WebAnswer = soap(
  `<m:GetFolderResponse><m:ResponseMessages>${folder('Folder')}${folder('CalendarFolder')}</m:ResponseMessages></m:GetFolderResponse>`,
);

/** Web services that let everybody in, at `https://HOST/EWS/Exchange.asmx`. */
export function services(host: string, answer: Site = LETS_IN): Readonly<Record<string, Site>> {
  const url = `https://${host}/EWS/Exchange.asmx`;
  return {
    [`GET ${url}`]: { status: 401, headers: { 'www-authenticate': 'Negotiate, NTLM, Basic realm="x"' } },
    [`POST ${url}`]: answer,
  };
}

export const redirectTo = (location: string): WebAnswer => ({ status: 302, headers: { location } });
export const pox = (account: string): WebAnswer => ({
  body: `<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"><Account>${account}</Account></Response></Autodiscover>`,
});
export const json = (told: object, status = 200): WebAnswer => ({ status, body: JSON.stringify(told) });
export const challenge = (schemes: string): WebAnswer => ({ status: 401, headers: { 'www-authenticate': schemes } });
