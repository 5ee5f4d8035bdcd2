import prettier from 'eslint-config-prettier';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { importArrows } from './build/lint/import-arrows.js';

const source = ['**/*.ts', '**/*.tsx'];
/** Tools load these by their default export. */
const configurations = ['**/*.config.ts', '**/*.config.js'];
/** Numeric loops over typed arrays, whose indices are right by construction: `!` says so without a branch per element. */
const kernels = [
  'native-models/**',
  'renderer/figures/**',
  'renderer/projection/**',
  'renderer/view-models/**',
  'electron/cli/**',
  'tests/**',
];

const noDefaultExport = [
  { selector: 'ExportDefaultDeclaration', message: 'name the export' },
  { selector: 'ExportSpecifier[exported.name="default"]', message: 'name the export' },
];
const bridge = ['window', 'globalThis'].map((object) => ({
  object,
  property: 'headlight',
  message: 'only renderer/client talks to the bridge',
}));
const sockets = [
  { name: 'WebSocket', message: 'only renderer/client talks to the server' },
  { name: 'EventSource', message: 'only renderer/client talks to the server' },
];
const globalDocument = ['document', 'window'].map((name) => ({
  name,
  message: 'figures draw with the document they are given',
}));

const strictness = {
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
  '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
  '@typescript-eslint/consistent-type-imports': 'error',
  // An async function may satisfy an interface whose other implementations wait.
  '@typescript-eslint/require-await': 'off',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  '@typescript-eslint/no-non-null-assertion': 'error',
  'max-lines': ['error', { max: 400 }],
  'max-lines-per-function': ['error', { max: 60 }],
  'no-restricted-syntax': ['error', ...noDefaultExport],
  'no-console': 'error',
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'headlight/import-arrows': 'error',
};

export default tseslint.config(
  {
    ignores: [
      'node_modules/**',
      'build/out/**',
      'build/cache/**',
      'build/packages/**',
      'tests/e2e/results/**',
      'native-models/bundled/**',
      'native-models/training/**',
      'tests/fixtures/**',
    ],
  },
  {
    files: ['**/*.js'],
    rules: { 'no-undef': 'error', 'no-unused-vars': 'error', 'max-lines': ['error', { max: 400 }] },
  },
  {
    files: source,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { headlight: { rules: { 'import-arrows': importArrows } } },
    rules: strictness,
  },
  { files: ['renderer/**/*.ts', 'renderer/**/*.tsx'], ...reactHooks.configs.flat['recommended-latest'] },
  {
    files: ['renderer/**/*.ts', 'renderer/**/*.tsx'],
    ignores: ['renderer/client/**'],
    rules: { 'no-restricted-globals': ['error', ...sockets], 'no-restricted-properties': ['error', ...bridge] },
  },
  {
    files: ['renderer/figures/**'],
    rules: { 'no-restricted-globals': ['error', ...sockets, ...globalDocument] },
  },
  { files: kernels, rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  { files: configurations, rules: { 'no-restricted-syntax': 'off' } },
  { files: ['electron/cli/**', 'electron/start/**', 'tests/**', 'build/**'], rules: { 'no-console': 'off' } },
  {
    files: ['tests/**', 'eslint.config.js'],
    rules: {
      'max-lines-per-function': 'off',
      // Fixtures read JSON and call matchers whose types are wide on purpose.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  prettier,
);
