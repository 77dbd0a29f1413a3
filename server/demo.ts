import type { MikroORM } from '@mikro-orm/postgresql';
import { select } from '../db/statement.ts';
import { hashPassword } from './identity/password.ts';
import type { SealKey } from './privacy/canonical-json.ts';
import type { LegalCalendar } from './privacy/deadline.rules.ts';
import { certificateOfSeeded } from './privacy/seeded-certificate.ts';
import { log } from './telemetry/logger.ts';

export const DEMO_PASSWORD = 'demo-password';
export const DEMO_SIGN_INS = ['support@demo.example', 'ops@demo.example', 'user@demo.example'];

/** Loads the demo data into a database without anybody in it; leaves any other alone. */
export async function seedDemoWhenEmpty(
  orm: MikroORM,
  databaseUrl: string,
  calendar: LegalCalendar,
  sealKey: SealKey,
): Promise<void> {
  const somebody = await select(orm.em.fork(), 'select 1 from app_user limit 1', []);
  if (somebody.length > 0) return;
  const { seedDemo } = await import('../db/seed/demo.ts');
  await seedDemo(databaseUrl, {
    now: new Date(),
    calendar,
    passwordHash: await hashPassword(DEMO_PASSWORD),
    certify: (erasure) => certificateOfSeeded(sealKey, erasure),
  });
  log.info('The demo data is loaded');
}

/** What somebody who tries the desk needs to know, for the terminal. */
export function demoWelcome(address: string): string {
  const signIns = DEMO_SIGN_INS.map((email) => `    ${email}`).join('\n');
  return `\n  Guichet is at ${address}\n\n  Sign in with the password ${DEMO_PASSWORD} as\n${signIns}\n\n  Ctrl+C stops it.\n\n`;
}
