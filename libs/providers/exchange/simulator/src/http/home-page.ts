import { htmlPage } from '@daybook/simulator-kit';

/** What a person sees who opens the bare address. */
export function homePage(): string {
  return htmlPage(
    'Exchange simulator',
    '<h1>Exchange simulator</h1><p>It speaks Exchange Web Services and Autodiscover to any client that is set to this address. People sign in with their address, or with <code>EXAMPLE\\ada</code>, and a password.</p><ul><li><code>/EWS/Exchange.asmx</code></li><li><code>/autodiscover/autodiscover.xml</code></li><li><code>/autodiscover/autodiscover.svc</code></li><li><code>/autodiscover/autodiscover.json?Email=ada@example.com&amp;Protocol=EWS</code></li></ul><p>Its mailboxes are shown on the sandbox’s control page.</p>',
  );
}

/** What a person sees who follows a link to something that is gone. */
export const missingPage = (): string =>
  htmlPage('Not found', '<h1>Not found</h1><p>This item is not there any more.</p>');
