import type { AnyTRPCProcedure, AnyTRPCRouter, inferRouterOutputs } from '@trpc/server';

/** The same type with nothing left that has a name elsewhere. */
type Plain<T> = unknown extends T ? T : T extends object ? { [Key in keyof T]: Plain<T[Key]> } : T;

type Procedures<Routes, Outputs> = {
  [Key in keyof Routes & keyof Outputs]: Routes[Key] extends AnyTRPCProcedure
    ? {
        type: Routes[Key]['_def']['type'];
        input: Plain<Routes[Key]['_def']['$types']['input']>;
        output: Plain<Outputs[Key]>;
      }
    : Procedures<Routes[Key], Outputs[Key]>;
};

type Flat<Router extends AnyTRPCRouter> = {
  procedures: Procedures<Router['_def']['record'], inferRouterOutputs<Router>>;
  error: Plain<Router['_def']['_config']['$types']['errorShape']['data']>;
};

/**
 * What a router takes and gives, as JSON carries it. Never called: the compiler writes the type of a constant in full
 * where it may not name its parts, and the types above are not exported for that reason.
 */
export declare function flat<Router extends AnyTRPCRouter>(): Flat<Router>;
