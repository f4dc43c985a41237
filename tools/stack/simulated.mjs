/**
 * The providers there are simulators for: one table for ports, addresses and settings. `addresses` are the variables that tell a
 * service where the provider is; a client or one of them set makes the deployment a real one, which has no simulators at all.
 * Exchange has neither: people say where their server is and sign in with their password.
 */
export const SIMULATED = [
  {
    key: 'google',
    label: 'Google',
    port: 'SANDBOX_GOOGLE_PORT',
    fallback: 8101,
    client: { id: 'GOOGLE_CLIENT_ID', secret: 'GOOGLE_CLIENT_SECRET' },
    addresses: ['GOOGLE_BASE_URL'],
  },
  {
    key: 'microsoft',
    label: 'Microsoft 365',
    port: 'SANDBOX_MICROSOFT_PORT',
    fallback: 8102,
    client: { id: 'MICROSOFT_CLIENT_ID', secret: 'MICROSOFT_CLIENT_SECRET' },
    addresses: ['MICROSOFT_LOGIN_URL', 'MICROSOFT_GRAPH_URL'],
  },
  {
    key: 'exchange',
    label: 'Exchange',
    port: 'SANDBOX_EXCHANGE_PORT',
    fallback: 8103,
    client: null,
    addresses: [],
  },
];

/** Variables of this deployment's clients at the providers that have such. */
export const CLIENTS = SIMULATED.flatMap(({ client }) => client ?? []);

/** How the built-in simulators know this deployment. */
export const LOCAL_CLIENT = { id: 'daybook-local', secret: 'daybook-local-secret' };

/** https of a simulator is on the port so far above. */
export const HTTPS_OFFSET = 100;

/** Any free port for everything public, for stacks beside another one. */
export const FREE_PORTS = { gateway: 0, control: 0, ...Object.fromEntries(SIMULATED.map(({ key }) => [key, 0])) };

/** Whether nothing is set that makes a provider a real one. */
export const isSimulated = (env) =>
  SIMULATED.every(({ client, addresses }) =>
    [...(client ? [client.id] : []), ...addresses].every((name) => !env[name]),
  );

/** The ports of the simulators in the words of their settings. */
export const portVariables = (ports) =>
  Object.fromEntries(
    SIMULATED.flatMap(({ key, port }) => (ports[key] === undefined ? [] : [[port, String(ports[key])]])),
  );
