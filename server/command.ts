import { join } from 'node:path';

/**
 * How Node runs the server; `start` and `dev` in package.json say the same. A young generation of 4 MB instead of 16,
 * and a bound far above what is in use, made the process some 100 MB smaller under the load of `npm run bench`.
 */
export const SERVER_COMMAND = [
  '--max-semi-space-size=4',
  '--max-old-space-size=256',
  '--import',
  './server/telemetry/instrumentation.ts',
  join('server', 'main.ts'),
];
