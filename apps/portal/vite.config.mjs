import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { libraryStyles } from './build/library-styles.mjs';
import { precompress } from './build/precompress.mjs';
import { startAhead } from './build/start-ahead.mjs';

const folder = (path) => fileURLToPath(new URL(path, import.meta.url));

/** A test runner that builds the portal has NODE_ENV of its own; what people get is React for production all the same. */
if (process.argv.includes('build')) process.env.NODE_ENV = 'production';

export default defineConfig({
  root: folder('.'),
  cacheDir: folder('../../node_modules/.vite/portal'),
  plugins: [react(), startAhead({ module: '/src/main.tsx' }), libraryStyles(), precompress()],
  // Only specs load the contracts at run time; the portal itself imports their types, which leave nothing in the bundle.
  resolve: { alias: { '@daybook/contracts': folder('../../libs/contracts/src/index.ts') } },
  server: { proxy: { '/v1': process.env.DAYBOOK_URL ?? 'http://localhost:8080' } },
  build: {
    outDir: folder('../../dist/apps/portal'),
    emptyOutDir: true,
    target: 'es2022',
    // No data: addresses and no inline module code, so that a strict content security policy holds.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What most pages share comes in four files instead of fifty; what is opened by a key stays apart.
        codeSplitting: {
          groups: [
            {
              name: 'session',
              test: /portal[\\/]src[\\/](session[\\/]|api[\\/]api-problem)|vite[\\/]preload-helper/,
              priority: 4,
            },
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-router)[\\/]/, priority: 3 },
            {
              name: 'portal',
              test: /portal[\\/]src[\\/](api|time|states|shell)[\\/](?!everywhere-search|keyboard-help|use-sign-in|sign-in-reader)/,
              priority: 2,
            },
            { name: 'shared', test: /node_modules[\\/]@mantine[\\/](core|hooks)[\\/]/, minShareCount: 9, priority: 1 },
          ],
        },
      },
    },
  },
  test: {
    environment: 'node',
    include: ['src/**/*.spec.ts', 'src/**/*.spec.tsx', 'build/*.spec.mjs'],
    setupFiles: ['./src/test-setup.ts'],
    css: false,
  },
});
