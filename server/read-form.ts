import { AppError } from './errors.ts';

const FORM_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data'];

/**
 * The fields of the form that a request brings; none when it brings nothing at all.
 * @throws AppError unsupported_media_type, validation_failed
 */
export async function readForm(request: Request): Promise<FormData> {
  const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!FORM_TYPES.includes(type)) {
    if ((await request.text()) === '') return new FormData();
    throw new AppError('unsupported_media_type');
  }
  try {
    return await request.formData();
  } catch (error) {
    throw new AppError(
      'validation_failed',
      { issues: [{ path: '', message: 'is not a form that can be read' }] },
      error,
    );
  }
}
