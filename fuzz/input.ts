export const ROLES = ['nobody', 'user', 'support', 'ops'] as const;
export type Who = (typeof ROLES)[number];

/** Stands in whatever a caller types, with the number of the input behind it: by it what was typed is found again. */
export const MARK = 'qvfuzz';
/** The mark before the number is known. */
export const TYPED = `${MARK}000000z`;

/** The same input with its number in what is typed. */
export function numbered<T extends Pick<Input, 'target' | 'headers' | 'body'>>(input: T, index: number): T {
  const typed = (text: string) => text.replaceAll(TYPED, `${MARK}${String(index).padStart(6, '0')}z`);
  const { target, headers, body } = input;
  return {
    ...input,
    target: typed(target),
    headers: headers.map(([name, value]) => [name, typed(value)] as const),
    body: body && Buffer.from(typed(body.toString('latin1')), 'latin1'),
  };
}

/** The number in a text that holds the mark. */
export function numberIn(text: string): number | null {
  const digits = new RegExp(`${MARK}(\\d{6})z`).exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** What goes over a connection of its own. */
export type Input = {
  kind: 'rest' | 'trpc' | 'page' | 'raw';
  who: Who;
  method: string;
  /** The target as sent; visible ASCII unless the input is `raw`. */
  target: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: Buffer | null;
  /** How the body is announced. */
  framing: 'length' | 'chunked' | 'none';
  /** What becomes of the bytes on their way; of none the answer has to be a whole one. */
  damage: readonly Damage[];
};

/** A change of the bytes at a place between 0 and 1 of their length; `cut` sends no more, `leave` hangs up there. */
export type Damage =
  | { at: number; does: 'drop' | 'cut' | 'leave' | 'double' }
  | { at: number; does: 'put'; bytes: string };

/** What somebody shows of themselves. */
export type Credentials = { token: string; cookie: string };

/** The bytes of an input, and whether the caller hangs up behind them. */
export function bytesOf(input: Input, credentials: Credentials | null): { bytes: Buffer; leaves: boolean } {
  const headers = [...input.headers];
  if (credentials && input.kind === 'page') headers.push(['Cookie', credentials.cookie]);
  else if (credentials) headers.push(['Authorization', `Bearer ${credentials.token}`]);
  const { body, framing } = input;
  if (body && framing === 'length') headers.push(['Content-Length', String(body.length)]);
  if (body && framing === 'chunked') headers.push(['Transfer-Encoding', 'chunked']);
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = Buffer.from(`${input.method} ${input.target} HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`, 'utf8');
  const rest = !body ? [] : framing === 'chunked' ? chunks(body) : [body];
  return damaged(Buffer.concat([head, ...rest]), input.damage);
}

function chunks(body: Buffer): Buffer[] {
  const middle = Math.ceil(body.length / 2);
  const parts = [body.subarray(0, middle), body.subarray(middle)].filter(({ length }) => length > 0);
  return [
    ...parts.flatMap((part) => [Buffer.from(`${part.length.toString(16)}\r\n`), part, CRLF]),
    Buffer.from('0\r\n\r\n'),
  ];
}

const CRLF = Buffer.from('\r\n');

function damaged(whole: Buffer, damage: readonly Damage[]): { bytes: Buffer; leaves: boolean } {
  let bytes = whole;
  let leaves = false;
  for (const harm of damage) {
    const at = Math.floor(harm.at * bytes.length);
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    if (harm.does === 'drop') bytes = Buffer.concat([before, after.subarray(1)]);
    else if (harm.does === 'double') bytes = Buffer.concat([bytes, after]);
    else if (harm.does === 'put') bytes = Buffer.concat([before, Buffer.from(harm.bytes, 'latin1'), after]);
    else bytes = before;
    leaves ||= harm.does === 'leave';
  }
  return { bytes, leaves };
}
