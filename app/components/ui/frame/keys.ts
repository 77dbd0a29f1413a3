export type KeyStroke = { key: string; at: number };
export type Command =
  | { type: 'search' }
  | { type: 'help' }
  | { type: 'go'; key: string }
  | { type: 'act'; key: string };

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'timeStamp' | 'defaultPrevented'> & {
  target: unknown;
};

const SEQUENCE_MS = 1_200;

/**
 * What a key press asks for. `previous` is the key pressed before, for the sequences that begin with `g`; hand the
 * returned `stroke` in with the next press. Single keys are silent while somebody types, or when turned off.
 */
export function readKeys(
  event: Pressed,
  previous: KeyStroke | null,
  singleKeys: boolean,
): { command: Command | null; stroke: KeyStroke | null } {
  const nothing = { command: null, stroke: null };
  if (event.defaultPrevented || event.altKey) return nothing;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) return key === 'k' ? { command: { type: 'search' }, stroke: null } : nothing;
  if (!singleKeys || isTyping(event.target)) return nothing;
  if (
    previous?.key === 'g' &&
    event.timeStamp - previous.at < SEQUENCE_MS &&
    'qpir'.includes(key) &&
    key.length === 1
  ) {
    return { command: { type: 'go', key }, stroke: null };
  }
  if (key === '/') return { command: { type: 'search' }, stroke: null };
  if (key === '?') return { command: { type: 'help' }, stroke: null };
  if (key === 'n' || key === 'e') return { command: { type: 'act', key }, stroke: null };
  return { command: null, stroke: key === 'g' ? { key, at: event.timeStamp } : null };
}

function isTyping(target: unknown): boolean {
  const element = target as { tagName?: string; isContentEditable?: boolean; type?: string } | null;
  if (element?.isContentEditable) return true;
  if (element?.tagName === 'INPUT') return !['checkbox', 'radio', 'button', 'submit'].includes(element.type ?? '');
  return element?.tagName === 'TEXTAREA' || element?.tagName === 'SELECT';
}
