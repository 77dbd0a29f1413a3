import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { id, timestamp } from '../fields.schema.ts';
import { isIntact, type JsonObject, type SealKey, sealed, sealState } from './canonical-json.ts';
import { CLOCK_RULES } from './deadline.rules.ts';
import { MENTION_GROUNDS } from './erasure.rules.ts';
import { IDENTITY_MEANS } from './privacy.rules.ts';

const mention = z.strictObject({ table: z.string(), id: z.string(), field: z.string() });
const decision = z.strictObject({ ground: z.enum(MENTION_GROUNDS), by: id, at: timestamp });

/** What an erasure needs to be done again, without anything of the person but their id, which says nothing by itself. */
const erasure = z.strictObject({
  user_id: id,
  privacy_request_id: id.nullable(),
  erased_at: timestamp,
  received_at: timestamp.nullable(),
  first_due_at: timestamp.nullable(),
  clock_rule: z.enum(CLOCK_RULES).nullable(),
  identity: z
    .strictObject({ means: z.enum(IDENTITY_MEANS), checked_on: z.iso.date(), checked_at: timestamp, by: id.nullable() })
    .nullable(),
  mentions: z
    .strictObject({
      searched_at: timestamp,
      found: z.array(mention),
      more: z.boolean(),
      kept: decision.nullable(),
      decisions: z.array(decision.extend({ found: z.array(mention) })).optional(),
    })
    .nullable(),
  certificate: z.string().nullable(),
});

const list = z.object({
  kind: z.literal('erasures'),
  exported_at: timestamp,
  erasures: z.array(erasure),
  seal: z.object({}).loose(),
  sha256: z.string(),
});

export type Erasure = z.infer<typeof erasure>;

/** Why a list cannot be used, for whoever runs the command. */
export class ListRefused extends Error {}

/**
 * The erasures in a list that this desk has written; anybody else's would erase whom they like.
 * @throws ListRefused
 */
export function readErasures(text: string, key: SealKey): Erasure[] {
  const value = jsonOf(text);
  const parsed = list.safeParse(value);
  if (!parsed.success) throw new ListRefused(`Not a list of erasures: ${faultOf(parsed.error)}.`);
  if (!isIntact(value as JsonObject)) throw new ListRefused('Not a list of erasures as it was written.');
  const state = sealState(value as JsonObject, key);
  if (state === 'other_key')
    throw new ListRefused(
      'The list has the seal of another key: set SESSION_SECRET to the one that it was written with.',
    );
  if (state !== 'valid') throw new ListRefused('The seal of the list does not hold: it was changed.');
  return parsed.data.erasures;
}

/** Adds erasures to a file, made on first use; what it held stays, though the database may know less by now. */
export async function addToFile(file: string, found: Erasure[], key: SealKey, now: Date): Promise<number> {
  const before = await readFile(file, 'utf8').then(
    (text) => readErasures(text, key),
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    },
  );
  const all = new Map([...before, ...found].map((one) => [one.user_id, one]));
  const content = sealed(
    { kind: 'erasures', exported_at: now.toISOString(), erasures: [...all.values()] as unknown as JsonObject[] },
    key,
  );
  // Beside it first: a command that is cut off leaves the list as it was.
  await writeFile(`${file}.new`, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return all.size;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function faultOf({ issues: [first] }: z.ZodError): string {
  return first ? `${first.path.join('.') || 'the file'}: ${first.message}` : 'it does not parse';
}
