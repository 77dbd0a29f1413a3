export type CallOptions = { signal?: AbortSignal };

type Arguments<Input> = undefined extends Input
  ? [input?: Input, options?: CallOptions]
  : [input: Input, options?: CallOptions];

/** Procedures as what a client calls; written without the types of tRPC, whose checking needs those of Node and ws. */
export type Calls<T> = {
  readonly [Key in keyof T]: T[Key] extends { type: 'query'; input: infer Input; output: infer Output }
    ? { query(...args: Arguments<Input>): Promise<Output> }
    : T[Key] extends { type: 'mutation'; input: infer Input; output: infer Output }
      ? { mutate(...args: Arguments<Input>): Promise<Output> }
      : Calls<T[Key]>;
};
