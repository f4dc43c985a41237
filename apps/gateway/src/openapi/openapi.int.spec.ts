import { problemCatalog } from '@daybook/contracts';
import { z } from 'zod';
import { KnownRoutes } from '../http/known-routes';
import { startGateway, type GatewayUnderTest } from '../testing/start-gateway';

const operationSchema = z.object({
  operationId: z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.string() })),
  responses: z.record(z.string(), z.object({ description: z.string(), 'x-codes': z.array(z.string()).optional() })),
});
const documentSchema = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});

describe('the description of the API', () => {
  let subject: GatewayUnderTest;
  let text: string;
  let document: z.infer<typeof documentSchema>;

  beforeAll(async () => {
    subject = await startGateway();
    const response = await subject.app.inject({ method: 'GET', url: '/openapi.json' });
    text = response.body;
    document = documentSchema.parse(response.json());
  });
  afterAll(() => subject.stop());

  it('holds every route that is registered, and no other', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    const printed = subject.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
    const registered = subject.app.get(KnownRoutes).all.map(({ method, url }) => `${method} ${url}`);
    expect(described.sort()).toEqual(registered.sort());
    const methodsPrinted = [...printed.matchAll(/\(([A-Z, ]+)\)/g)].flatMap(([, list]) => list?.split(', ') ?? []);
    expect(methodsPrinted).toHaveLength(registered.length);
  });

  it('is the routes this version has', () => {
    expect(Object.keys(document.paths).sort()).toEqual([
      '/docs',
      '/docs/{file}',
      '/health/live',
      '/health/ready',
      '/hooks/{provider}',
      '/metrics',
      '/openapi.json',
      '/v1/admin/api-keys',
      '/v1/admin/api-keys/{id}',
      '/v1/admin/policy',
      '/v1/auth/first-administrator',
      '/v1/auth/refresh',
      '/v1/auth/sign-in',
      '/v1/auth/sign-out',
      '/v1/calendars',
      '/v1/calendars/{id}',
      '/v1/calendars/{id}/review',
      '/v1/calendars/{id}/undo-removals',
      '/v1/connections',
      '/v1/connections/{id}',
      '/v1/connections/{id}/diagnose',
      '/v1/connections/{id}/reconnect',
      '/v1/connections/{id}/sync',
      '/v1/free-busy',
      '/v1/me',
      '/v1/meetings',
      '/v1/meetings/changes',
      '/v1/meetings/{id}',
      '/v1/meetings/{id}/withdraw',
      '/v1/oauth/{provider}/callback',
      '/v1/oauth/{provider}/start',
      '/v1/receipts/{id}',
      '/v1/services',
      '/v1/stream',
    ]);
  });

  it('names only problems that exist, under their status', () => {
    const catalog = new Map<string, { status: number }>(Object.entries(problemCatalog));
    for (const methods of Object.values(document.paths)) {
      for (const { responses } of Object.values(methods)) {
        for (const [status, response] of Object.entries(responses)) {
          response['x-codes']?.forEach((code) => expect(String(catalog.get(code)?.status)).toBe(status));
        }
        expect(Object.keys(responses)).toContain('500');
      }
    }
  });

  it('promises an Idempotency-Key where it is kept, and nowhere else', () => {
    const promised = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, operation]) =>
        JSON.stringify(operation).includes('"Idempotency-Key"') ? [`${method} ${path}`] : [],
      ),
    );
    expect(promised.sort()).toEqual([
      'post /v1/admin/api-keys',
      'post /v1/connections',
      'post /v1/connections/{id}/reconnect',
      'post /v1/meetings',
    ]);
    expect(text.match(/"idempotency_mismatch"/g)).toHaveLength(promised.length);
  });

  it('refers only to schemas it holds, and gives each operation its own name', () => {
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      expect(document.components.schemas).toHaveProperty(name);
    }
    expect(text).not.toMatch(/"\$(schema|id|defs)"/);
    const names = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('has a page for people, with nothing from elsewhere and no inline script', async () => {
    const page = await subject.app.inject({ method: 'GET', url: '/docs' });
    expect(page.body).not.toMatch(/https?:\/\//);
    expect(page.body).not.toMatch(/<script>/);
    for (const [, url = ''] of page.body.matchAll(/(?:src|href)="([^"]+)"/g)) {
      const file = await subject.app.inject({ method: 'GET', url });
      expect(file.statusCode).toBe(200);
      expect(file.headers['content-type']).toMatch(/javascript|css/);
    }
    expect((await subject.app.inject({ method: 'GET', url: '/docs/package.json' })).statusCode).toBe(404);
    expect((await subject.app.inject({ method: 'GET', url: '/docs/constructor' })).statusCode).toBe(404);
  });
});
