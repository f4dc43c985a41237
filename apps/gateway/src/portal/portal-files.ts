import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const reserved = /^\/(v1|hooks|health|metrics|docs|openapi\.json)(\/|\?|$)/;
const fileName = /\.[a-z\d]{1,10}$/i;
/** Names with a hash of the content in them (`index-B3xK9a_0.js`): they never change, so browsers keep them. */
const hashed = /[-.][\w-]{8,}\.(js|css|woff2?|svg|png|jpg|webp|map)$/;
const yearSeconds = 31_536_000;

/**
 * The built portal: files as they are, packed ones (`.br`, `.gz`) where they lie beside them, and `index.html` for every
 * page address, because the portal finds its pages itself. Addresses of the API are never answered with a page.
 */
export async function servePortal(instance: FastifyInstance, dir: string): Promise<void> {
  const root = resolve(dir);
  if (!existsSync(root)) {
    throw new Error('PORTAL_DIR names a folder that does not exist');
  }
  await instance.register(fastifyStatic, {
    root,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    index: false,
    dotfiles: 'ignore',
  });
  instance.route({ method: ['GET', 'HEAD'], url: '/*', handler: answer });
}

function answer(request: FastifyRequest, reply: FastifyReply): FastifyReply | void {
  const path = request.url.split('?', 1)[0] ?? '/';
  if (reserved.test(path)) {
    return reply.callNotFound();
  }
  const name = decoded(path);
  if (name === null || /(^|[\\/])\.|[\0\\]/.test(name)) {
    return reply.callNotFound();
  }
  if (fileName.test(name) && name !== '/index.html') {
    const cache =
      name.startsWith('/assets/') && hashed.test(name) ? `public, max-age=${yearSeconds}, immutable` : 'no-cache';
    return reply.header('cache-control', cache).header('vary', 'Accept-Encoding').sendFile(name.slice(1));
  }
  if (!wantsPage(request)) {
    return reply.callNotFound();
  }
  return reply.header('cache-control', 'no-cache').header('vary', 'Accept-Encoding').sendFile('index.html');
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

function wantsPage({ headers }: FastifyRequest): boolean {
  const { accept } = headers;
  return accept === undefined || /text\/html|\*\/\*/.test(accept);
}
