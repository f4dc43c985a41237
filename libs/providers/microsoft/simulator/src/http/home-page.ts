import { htmlPage } from '@daybook/simulator-kit';

/** What a person sees who opens the bare address. */
export function homePage(): string {
  return htmlPage(
    'Microsoft 365 simulator',
    '<h1>Microsoft 365 simulator</h1><p>It speaks Microsoft Entra’s sign-in and Microsoft Graph to any client whose base addresses are set to this one.</p><ul><li><code>/common/oauth2/v2.0/authorize</code></li><li><code>/common/oauth2/v2.0/token</code></li><li><code>/v1.0/me/…</code>, <code>/beta/me/…</code></li><li><a href="/common/v2.0/.well-known/openid-configuration"><code>/common/v2.0/.well-known/openid-configuration</code></a></li></ul><p>Its mailboxes are shown on the sandbox’s control page.</p>',
  );
}

/** What a person sees who follows a link to something that is gone. */
export const missingPage = (): string =>
  htmlPage('Not found', '<h1>Not found</h1><p>This event is not there any more.</p>');
