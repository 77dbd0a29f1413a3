import { mkdirSync } from 'node:fs';

/**
 * Makes the folder of the embedded database and of the secrets, unless it is there. Nobody else may look into it; made
 * by root it can be passed through, unread, because PostgreSQL runs as another account below it.
 */
export function makeDataDir(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
}
