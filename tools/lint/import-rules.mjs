/**
 * Who may import whom: the one list, read by the linter. `type:` says what a project is, `scope:` whose it is.
 * Packages are named where a layer must stay free of frameworks and storage.
 */
const FRAMEWORKS = [
  '@nestjs/*',
  'mongoose',
  'mongodb',
  'nats',
  'fastify',
  '@fastify/*',
  'express',
  'undici',
  'pino',
  'react',
  'react-dom',
];

export const depConstraints = [
  {
    sourceTag: 'type:domain',
    onlyDependOnLibsWithTags: ['type:domain'],
    bannedExternalImports: [...FRAMEWORKS, 'zod', 'node:*'],
  },
  {
    sourceTag: 'type:contracts',
    onlyDependOnLibsWithTags: ['type:contracts'],
    allowedExternalImports: ['zod'],
  },
  { sourceTag: 'type:port', onlyDependOnLibsWithTags: ['type:port', 'type:domain'], bannedExternalImports: FRAMEWORKS },
  {
    sourceTag: 'type:engine',
    onlyDependOnLibsWithTags: ['type:engine', 'type:port', 'type:domain', 'type:testing'],
    bannedExternalImports: FRAMEWORKS,
  },
  {
    sourceTag: 'type:provider',
    onlyDependOnLibsWithTags: ['type:provider', 'type:port', 'type:domain', 'type:testing', 'type:simulator'],
    bannedExternalImports: FRAMEWORKS,
  },
  { sourceTag: 'scope:google', onlyDependOnLibsWithTags: ['scope:google', 'scope:shared'] },
  { sourceTag: 'scope:exchange', onlyDependOnLibsWithTags: ['scope:exchange', 'scope:shared'] },
  { sourceTag: 'scope:microsoft', onlyDependOnLibsWithTags: ['scope:microsoft', 'scope:shared'] },
  {
    sourceTag: 'type:simulator',
    onlyDependOnLibsWithTags: ['type:simulator', 'type:domain', 'type:codec'],
    bannedExternalImports: FRAMEWORKS,
  },
  {
    sourceTag: 'type:catalog',
    onlyDependOnLibsWithTags: ['type:provider', 'type:port', 'type:domain'],
    bannedExternalImports: FRAMEWORKS,
  },
  // Published algorithms: nothing of ours, so that both ends of a wire may use them.
  {
    sourceTag: 'type:codec',
    onlyDependOnLibsWithTags: ['type:codec'],
    bannedExternalImports: [...FRAMEWORKS, 'node:*'],
  },
  { sourceTag: 'type:platform', onlyDependOnLibsWithTags: ['type:platform', 'type:contracts', 'type:codec'] },
  {
    sourceTag: 'type:service',
    onlyDependOnLibsWithTags: [
      'type:service',
      'type:contracts',
      'type:domain',
      'type:port',
      'type:engine',
      'type:catalog',
      'type:platform',
      'type:testing',
    ],
  },
  { sourceTag: 'scope:auth', onlyDependOnLibsWithTags: ['scope:auth', 'scope:shared'] },
  { sourceTag: 'scope:calendar', onlyDependOnLibsWithTags: ['scope:calendar', 'scope:shared'] },
  { sourceTag: 'scope:admin', onlyDependOnLibsWithTags: ['scope:admin', 'scope:shared'] },
  { sourceTag: 'type:sandbox', onlyDependOnLibsWithTags: ['type:simulator', 'type:platform', 'type:domain'] },
  {
    sourceTag: 'type:gateway',
    onlyDependOnLibsWithTags: ['type:contracts', 'type:platform', 'type:testing'],
    bannedExternalImports: ['mongoose', 'mongodb'],
  },
  { sourceTag: 'type:portal', onlyDependOnLibsWithTags: ['type:contracts'] },
  {
    sourceTag: 'type:testing',
    onlyDependOnLibsWithTags: [
      'type:testing',
      'type:port',
      'type:engine',
      'type:domain',
      'type:contracts',
      'type:platform',
    ],
  },
  { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: ['type:testing', 'type:contracts'] },
];
