// One configuration for all tests: structure (rules of the house), server, web (happy-dom) and e2e (Chromium).
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const server = [
  'base',
  'config',
  'store',
  'broker',
  'expression',
  'devices',
  'rules',
  'bridges',
  'outside',
  'api',
  'http',
  'live',
  'cli',
  'home',
  'faults',
  'plugins',
  'flows',
];

/**
 * Workers and child processes run from source. Node strips types with WebAssembly, and V8 has a race in freeing its code
 * that ends the process (nodejs/node#64500): so what was stripped is kept and not stripped again, and code is not freed.
 */
const fromSource = {
  env: { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') },
  execArgv: ['--no-wasm-code-gc'],
};

export default defineConfig({
  root,
  test: {
    root,
    projects: [
      {
        root,
        test: { name: 'structure', root, include: ['test/structure/**/*.test.ts'], environment: 'node' },
      },
      {
        root,
        test: {
          name: 'server',
          root,
          ...fromSource,
          include: server.map((room) => `test/${room}/**/*.test.ts`),
          environment: 'node',
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
      {
        root,
        plugins: [react()],
        test: {
          name: 'web',
          root,
          include: ['test/web/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          css: false,
        },
      },
      {
        root,
        test: {
          name: 'e2e',
          root,
          ...fromSource,
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
