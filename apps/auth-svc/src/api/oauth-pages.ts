import type { Logger } from '@daybook/platform/logging';

/** Where browsers come from and go back to. */
export interface OAuthPages {
  readonly publicUrl: string;
  /** Cookies only over https. */
  readonly secure: boolean;
  /** Of the public address. */
  readonly port: string;
  readonly logger: Logger;
}

export const OAUTH_PAGES = Symbol('OAuthPages');

export function oauthPages(publicUrl: string, logger: Logger): OAuthPages {
  const { protocol, port } = new URL(publicUrl);
  const secure = protocol === 'https:';
  return { publicUrl, secure, port: port || (secure ? '443' : '80'), logger };
}
