import { isAppError } from '../../../server/errors.rules.ts';
import type { FormError } from './form-error.ts';

/** The hidden field of a form that creates: the loader's `crypto.randomUUID()`, for `context.once(key)`. */
export const FORM_KEY = 'form_key';

const WAIT_MS = 100;
const WAITS_AT_MOST = 20;

/** Creates with a form's key. A form sent twice at once waits for its first sending, whose answer both get. */
export async function createOnce<T>(create: () => Promise<T>): Promise<T> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await create();
    } catch (thrown) {
      const running = isAppError(thrown) && thrown.errorCode === 'idempotency_in_progress';
      if (!running || waits === WAITS_AT_MOST) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }
}

/** The key of a refused form that is shown again: its own, unless that one has made something else already. */
export function keyAfter(error: FormError, key: string): string {
  return error.code === 'idempotency_key_reused' ? crypto.randomUUID() : key;
}
