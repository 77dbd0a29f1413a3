import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { freePort } from './db/free-port.ts';

// Playwright reads this file again in each worker, which inherits the port and the folder chosen here.
if (process.env.GUICHET_E2E_PORT === undefined) {
  const folder = join(tmpdir(), `guichet-e2e-${randomUUID()}`);
  process.env.GUICHET_E2E_PORT = String(await freePort());
  process.env.GUICHET_E2E_DATA = folder;
  // Not in a globalTeardown: the server, whose database lives there, stops after that.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}

const port = process.env.GUICHET_E2E_PORT;
const baseURL = `http://127.0.0.1:${port}`;

/** The journeys run on the built product with its demo data, as `npm run demo` starts it. */
export default defineConfig({
  testDir: 'e2e',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // They end what hangs and measure nothing: a slow machine with one busy core must fit in.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    baseURL,
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: 'exec node scripts/demo.ts',
    url: `${baseURL}/readyz`,
    timeout: 180_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    stdout: process.env.GUICHET_E2E_OUTPUT ? 'pipe' : 'ignore',
    stderr: 'pipe',
    env: {
      DATA_DIR: process.env.GUICHET_E2E_DATA ?? '',
      HOST: '127.0.0.1',
      PORT: port,
      METRICS_PORT: '0',
      LOG_LEVEL: 'warn',
      // Every test signs in from one address.
      RATE_LIMITS: JSON.stringify({
        login: { points: 100_000, duration: 60 },
        user: { points: 100_000, duration: 60 },
      }),
    },
  },
});
