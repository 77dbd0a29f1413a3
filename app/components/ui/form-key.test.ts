import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../server/errors.ts';
import { formError } from './form-error.ts';
import { createOnce, keyAfter } from './form-key.ts';

describe('a form sent twice', () => {
  it('waits for its first sending', async () => {
    const create = vi
      .fn()
      .mockRejectedValueOnce(new AppError('idempotency_in_progress'))
      .mockResolvedValue('the first');
    expect(await createOnce(create)).toBe('the first');
    expect(create).toHaveBeenCalledTimes(2);
  });

  it('is refused at once for any other reason', async () => {
    const create = vi.fn().mockRejectedValue(new AppError('user_not_found'));
    await expect(createOnce(create)).rejects.toMatchObject({ errorCode: 'user_not_found' });
    expect(create).toHaveBeenCalledOnce();
  });

  it('keeps its key while nothing was made with it', () => {
    const shownAfter = (code: 'idempotency_in_progress' | 'idempotency_key_reused') =>
      keyAfter(formError(new AppError(code), 'a request'), 'the key');
    expect(shownAfter('idempotency_in_progress')).toBe('the key');
    expect(shownAfter('idempotency_key_reused')).not.toBe('the key');
  });
});
