import { z } from 'zod';
import { id } from '../fields.schema.ts';
import { AGENT_ROLES } from '../identity/roles.rules.ts';

/** How many agents a choice of assignee offers. */
export const AGENTS_MAX = 200;

/** Somebody to whom an incident may be assigned. */
export const agent = z.object({ id, name: z.string(), role: z.enum(AGENT_ROLES) });

export const agentsInput = z.strictObject({}).optional();
export const agents = z.array(agent).meta({ description: `by name, at most ${AGENTS_MAX}` });

export type Agent = z.infer<typeof agent>;
