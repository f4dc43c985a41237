import { fail } from '@daybook/contracts';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Route } from '../doors/route';
import { KnownRoutes } from '../http/known-routes';
import { PublicAddress } from '../http/public-address';
import { buildOpenApi } from './build-openapi';

const area = 'description';
const access = { type: 'anyone' } as const;

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Daybook API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="docs"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;
const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null });
`;
const files: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

/** The API's description for programs and for people. Both are made when first asked for; nothing comes from elsewhere. */
@Controller()
export class DocsController {
  private description: Buffer | null = null;
  private folder: string | null = null;

  constructor(
    private readonly routes: KnownRoutes,
    private readonly address: PublicAddress,
  ) {}

  @Route('GET', 'openapi.json', {
    id: 'getOpenApi',
    area,
    summary: 'This description, OpenAPI 3.1',
    access,
    answers: { 200: { description: 'OpenAPI 3.1', media: 'application/json' } },
  })
  openApi(@Req() _request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Buffer {
    this.description ??= Buffer.from(JSON.stringify(buildOpenApi(this.routes.all, this.address.url)));
    void reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-cache');
    return this.description;
  }

  @Route('GET', 'docs', {
    id: 'getDocs',
    area,
    summary: 'This description as a page',
    access,
    answers: { 200: { description: 'The page', media: 'text/html' } },
  })
  docs(@Req() _request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-cache');
    return page;
  }

  @Route('GET', 'docs/:file', {
    id: 'getDocsFile',
    area,
    summary: 'A file of that page',
    access,
    answers: { 200: { description: 'The file', media: 'text/javascript' } },
  })
  file(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const { params } = request;
    const name: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, 'file') : null;
    void reply.header('cache-control', 'public, max-age=3600');
    if (name === 'start.js') {
      void reply.header('content-type', 'text/javascript; charset=utf-8').send(start);
      return;
    }
    const media = typeof name === 'string' && Object.hasOwn(files, name) ? files[name] : undefined;
    if (typeof name !== 'string' || media === undefined) {
      throw fail('not_found');
    }
    void reply.header('content-type', media).send(createReadStream(join(this.swaggerFolder(), name)));
  }

  /** Swagger's page comes with Nest's package for it. */
  private swaggerFolder(): string {
    if (this.folder === null) {
      const near = createRequire(createRequire(__filename).resolve('@nestjs/swagger/package.json'));
      this.folder = dirname(near.resolve('swagger-ui-dist/package.json'));
    }
    return this.folder;
  }
}
