import { join } from 'node:path';
import { buildIfStale } from './build.ts';
import { environment, ROOT } from './programs.ts';

// The whole product with demo data: builds when needed, then becomes the server, so that signals reach it directly.
try {
  buildIfStale();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
process.chdir(ROOT);
const server = ['--import', './server/telemetry/instrumentation.ts', join('server', 'main.ts')];
if (process.execve === undefined)
  throw new Error('this Node cannot hand over to the server: use the one in node_modules');
process.execve(process.execPath, [process.execPath, ...server], environment({ GUICHET_DEMO: '1' }));
