import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

// The house (docs/architecture.md): a folder of src/ is a layer, and may import these others and no more.
const mayImport = {
  redis: [],
  config: [],
  compiler: [],
  analyzer: ['redis', 'config', 'client-template'],
  'redis-conf': ['redis'],
  server: ['redis'],
  keyspace: ['server', 'redis'],
  monitor: ['server', 'redis'],
  advisor: ['redis'],
  'client-template': [],
  lsp: ['analyzer', 'redis-conf', 'advisor', 'config', 'redis'],
  cli: ['redis', 'config', 'analyzer', 'redis-conf', 'server', 'keyspace', 'monitor', 'advisor', 'client-template', 'lsp', 'compiler'],
  extension: ['server', 'keyspace', 'monitor', 'advisor', 'client-template', 'redis', 'config'],
};

const zones = Object.entries(mayImport).map(([layer, others]) => ({
  target: `./src/${layer}`,
  from: './src',
  except: [layer, ...others].map((name) => `./${name}`),
  message: `src/${layer} may import ${others.length > 0 ? others.join(', ') : 'no other layer'} (docs/architecture.md).`,
}));

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'artefacts/', '.vscode-test/', '.cache/', 'coverage/', 'examples/', 'test/cases/', 'test/fixes/*/*/', 'src/analyzer/dialects/declarations/*.d.ts', 'src/client-template/*.js'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver': { node: { extensions: ['.ts', '.mjs', '.js'] } } },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
    },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly' } } },
);
