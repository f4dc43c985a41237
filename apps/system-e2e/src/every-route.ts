/** A door that not every route has; authentication and client version stand before all that ask who one is. */
export type Door = 'administrator' | 'person' | 'integration' | 'ownership' | 'body' | 'version';

/** A request that one may repeat: how the route is asked, and which doors it has, in the order of the contract. */
export interface GuardedRoute {
  readonly route: string;
  readonly doors: readonly Door[];
}

/** Every route that asks who one is, with the doors the contract gives it. What has no `person` an API key may ask too. */
export const guardedRoutes: readonly GuardedRoute[] = [
  { route: 'GET /v1/me', doors: ['person'] },
  { route: 'PATCH /v1/me', doors: ['person', 'body'] },
  { route: 'GET /v1/services', doors: ['person'] },
  { route: 'GET /v1/stream', doors: ['person'] },
  // Connections are ours: with the integration off they are still shown, and can be deleted.
  { route: 'GET /v1/connections', doors: ['person'] },
  { route: 'POST /v1/connections', doors: ['person', 'integration', 'body'] },
  { route: 'GET /v1/connections/{id}', doors: ['person', 'ownership'] },
  { route: 'PATCH /v1/connections/{id}', doors: ['person', 'integration', 'ownership', 'body', 'version'] },
  { route: 'DELETE /v1/connections/{id}', doors: ['person', 'ownership', 'version'] },
  { route: 'POST /v1/connections/{id}/reconnect', doors: ['person', 'integration', 'ownership'] },
  { route: 'POST /v1/connections/{id}/sync', doors: ['person', 'integration', 'ownership'] },
  { route: 'POST /v1/connections/{id}/diagnose', doors: ['person', 'integration', 'ownership'] },
  { route: 'GET /v1/receipts/{id}', doors: ['person', 'ownership'] },
  { route: 'GET /v1/calendars', doors: ['integration'] },
  { route: 'PATCH /v1/calendars/{id}', doors: ['person', 'integration', 'ownership', 'body', 'version'] },
  { route: 'GET /v1/calendars/{id}/review', doors: ['integration', 'ownership'] },
  { route: 'POST /v1/calendars/{id}/review', doors: ['person', 'integration', 'ownership', 'body', 'version'] },
  { route: 'POST /v1/calendars/{id}/undo-removals', doors: ['person', 'integration', 'ownership', 'body'] },
  { route: 'GET /v1/free-busy', doors: ['person', 'integration'] },
  // Lists of meetings say in their freshness that it is off.
  { route: 'GET /v1/meetings', doors: [] },
  { route: 'GET /v1/meetings/changes', doors: [] },
  { route: 'POST /v1/meetings', doors: ['person', 'body'] },
  { route: 'GET /v1/meetings/{id}', doors: ['integration', 'ownership'] },
  { route: 'PATCH /v1/meetings/{id}', doors: ['person', 'integration', 'ownership', 'body', 'version'] },
  { route: 'DELETE /v1/meetings/{id}', doors: ['person', 'integration', 'ownership', 'version'] },
  { route: 'POST /v1/meetings/{id}/withdraw', doors: ['person', 'integration', 'ownership'] },
  { route: 'GET /v1/admin/policy', doors: ['administrator'] },
  { route: 'PUT /v1/admin/policy', doors: ['administrator', 'body', 'version'] },
  { route: 'GET /v1/admin/api-keys', doors: ['administrator'] },
  { route: 'POST /v1/admin/api-keys', doors: ['administrator', 'body'] },
  { route: 'DELETE /v1/admin/api-keys/{id}', doors: ['administrator', 'ownership'] },
];

/** Routes that ask nobody who they are. */
export const openRoutes: readonly string[] = [
  'POST /v1/auth/sign-in',
  'POST /v1/auth/first-administrator',
  'POST /v1/auth/refresh',
  'POST /v1/auth/sign-out',
  'GET /v1/oauth/{provider}/start',
  'GET /v1/oauth/{provider}/callback',
  'GET /hooks/{provider}',
  'POST /hooks/{provider}',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /openapi.json',
  'GET /docs',
  'GET /docs/{file}',
];

/** Ids that belong to nobody: one that could be, one that could not, one that would be an order to a database. */
export const nobodysIds: readonly string[] = ['con_00000000000000000000000000', 'x'.repeat(150), '{"$ne":null}'];
