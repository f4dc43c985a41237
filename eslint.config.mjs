import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import prettier from 'eslint-config-prettier';
import { depConstraints } from './tools/lint/import-rules.mjs';
import { noFileCycle } from './tools/lint/no-file-cycle.mjs';

const PROVIDER_NAMES = '/^(google|microsoft|office365|exchange|ews)$/';
const noProviderBranch = [
  {
    selector: `BinaryExpression[operator=/^[!=]==?$/] > Literal[value=${PROVIDER_NAMES}]`,
    message: 'Do not branch on a provider or service name: ask the catalog or the port instead.',
  },
  {
    selector: `SwitchCase > Literal[value=${PROVIDER_NAMES}]`,
    message: 'Do not switch on a provider or service name: ask the catalog or the port instead.',
  },
];

export default [
  {
    ignores: [
      '**/dist/**',
      '**/coverage/**',
      '.nx/**',
      '.daybook*/**',
      'node_modules/**',
      '**/fixtures/**',
      'screenshots/**',
      'tmp/**',
    ],
  },
  ...nx.configs['flat/base'],
  ...tseslint.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { 'import-x': importX, daybook: { rules: { 'no-file-cycle': noFileCycle } } },
    settings: { 'import-x/resolver-next': [] },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { enforceBuildableLibDependency: false, allow: [], banTransitiveDependencies: false, depConstraints },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-ignore': true, 'ts-nocheck': true, 'ts-expect-error': true },
      ],
      'daybook/no-file-cycle': 'error',
      'no-restricted-syntax': ['error', ...noProviderBranch],
      'no-console': 'error',
      'max-lines': ['error', { max: 400 }],
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['libs/providers/**/*.ts', '**/*.spec.ts', '**/*.spec.tsx', 'libs/testing/**', 'apps/system-e2e/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // The sandbox is what simulators are for; everything else that ships knows neither them nor the fakes.
    files: ['apps/**/*.{ts,tsx}', 'libs/**/*.ts'],
    ignores: [
      '**/*.spec.{ts,tsx}',
      '**/testing/**',
      '**/bench/**',
      'apps/{sandbox,system-e2e}/**',
      'libs/providers/*/simulator/**',
    ],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@daybook/testing/*', '@daybook/*/testing', '@daybook/providers/*-simulator'],
              message: 'Only tests, testing libs and the sandbox use fakes and simulators.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['libs/{domain,provider-port,sync-engine,contracts}/**/*.ts', 'libs/providers/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only an app reads its settings; libs get values.' },
      ],
    },
  },
  {
    files: ['apps/portal/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks, 'jsx-a11y': jsxA11y },
    rules: { ...reactHooks.configs.recommended.rules, ...jsxA11y.flatConfigs.recommended.rules },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    rules: {
      '@typescript-eslint/no-require-imports': 'off',
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  prettier,
];
