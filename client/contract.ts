import type { AppRouter } from '../server/trpc/router.ts';
import { flat } from './flat.ts';

const contract = flat<AppRouter>();

/** Every procedure's type, input and output, and what errors tell; the package has it written out. */
export type Contract = typeof contract;
