import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'build/**', 'e2e/**'],
    globalSetup: ['server/testing/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Each file has a database of its own, made in its beforeAll; a busy machine may take its time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
