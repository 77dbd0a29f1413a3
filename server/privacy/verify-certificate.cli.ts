import { readFile } from 'node:fs/promises';
import { openOrm, startDatabase } from '../database.ts';
import { parseEnv } from '../env.ts';
import { keptSecret } from '../secrets.ts';
import { sealKeyOf } from './canonical-json.ts';
import { isGenuine, readCertificate, verdictWords, verifyCertificate } from './certificate.read.ts';

const USAGE = 'Usage: npm run verify-certificate -- FILE';

/** Checks a certificate's seals and compares it with this desk's database. Ends with 1 when anything does not hold. */
async function main(): Promise<boolean> {
  const [file] = process.argv.slice(2);
  if (!file) throw new Error(USAGE);
  const certificate = readCertificate(await readFile(file, 'utf8'));
  if (!certificate) throw new Error('Not a certificate: the file is no JSON object of at most 262,144 characters.');
  const env = parseEnv({ ...process.env, NODE_ENV: 'development' });
  const database = await startDatabase(env);
  try {
    const orm = await openOrm(database.url, 2);
    const key = sealKeyOf(env.SESSION_SECRET ?? (await keptSecret(env.DATA_DIR, 'session')));
    const verdict = await verifyCertificate(orm.em.fork(), key, certificate).finally(() => orm.close(true));
    process.stdout.write(`${verdictWords(verdict).join('\n')}\n`);
    return isGenuine(verdict);
  } finally {
    await database.stop();
  }
}

try {
  if (!(await main())) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
