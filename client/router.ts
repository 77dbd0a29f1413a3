import type { TRPCBuiltRouter, TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server';
import type { Contract } from './contract.ts';

type Routes<T> = {
  [Key in keyof T]: T[Key] extends { type: 'query'; input: infer Input; output: infer Output }
    ? TRPCQueryProcedure<{ input: Input; output: Output; meta: unknown }>
    : T[Key] extends { type: 'mutation'; input: infer Input; output: infer Output }
      ? TRPCMutationProcedure<{ input: Input; output: Output; meta: unknown }>
      : Routes<T[Key]>;
};

type ErrorShape = { code: number; message: string; data: Contract['error'] };

type Root = { ctx: object; meta: object; errorShape: ErrorShape; transformer: false };

/** The router as clients see it, for tools of tRPC that take one, TanStack Query for example. */
export type GuichetRouter = TRPCBuiltRouter<Root, Routes<Contract['procedures']>>;
