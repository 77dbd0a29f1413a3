import { SERVER_COMMAND } from '../server/command.ts';
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
if (process.execve === undefined)
  throw new Error('this Node cannot hand over to the server: use the one in node_modules');
process.execve(process.execPath, [process.execPath, ...SERVER_COMMAND], environment({ GUICHET_DEMO: '1' }));
