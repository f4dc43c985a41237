import { htmlPage } from '@daybook/simulator-kit';

/** What a person sees who opens the bare address. */
export function homePage(): string {
  return htmlPage(
    'Google simulator',
    '<h1>Google simulator</h1><p>It speaks Google’s OAuth and Calendar v3 to any client whose base address is set to this one.</p><ul><li><code>/o/oauth2/v2/auth</code></li><li><code>/token</code></li><li><code>/calendar/v3/…</code></li><li><a href="/.well-known/openid-configuration"><code>/.well-known/openid-configuration</code></a></li></ul><p>Its mailboxes are shown on the sandbox’s control page.</p>',
  );
}

/** What a person sees who follows a link to something that is gone. */
export const missingPage = (): string =>
  htmlPage('Not found', '<h1>Not found</h1><p>This event is not there any more.</p>');
