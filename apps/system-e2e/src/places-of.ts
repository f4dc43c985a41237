import type { Stack } from '@daybook/testing/stack';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyDatabases } from './database-copy';

/** Where a secret can be read in what a stack keeps: collections of its databases, files of logs; plain, or only wrapped up. */
export async function placesOf(secret: string, stack: Stack): Promise<string[]> {
  const forms = formsOf(secret);
  const holds = (bytes: Buffer): boolean => forms.some((form) => bytes.includes(form));
  const places: string[] = [];
  for (const [database, collections] of await copyDatabases(stack.addresses.mongodb)) {
    for (const [name, documents] of collections) if (documents.some(holds)) places.push(`${database}.${name}`);
  }
  const logs = join(stack.home, 'logs');
  for (const name of await readdir(logs)) if (holds(await readFile(join(logs, name)))) places.push(name);
  return places;
}

/** As it is, and the three ways in which it can lie in base64, without the signs at its ends that depend on what is beside it. */
function formsOf(secret: string): Buffer[] {
  const wrapped = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]).toString('base64url');
    return text.slice(before === 0 ? 0 : before + 1, -4);
  });
  return [secret, encodeURIComponent(secret), ...wrapped].map((form) => Buffer.from(form));
}
