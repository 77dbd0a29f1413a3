import type { AppLoadContext } from '@remix-run/node';
import { CERTIFICATE_MAX } from '../../../server/privacy/certificate.rules.ts';
import type { CertificateCheck } from '../../../server/privacy/privacy.schema.ts';

export type Checked = { check: CertificateCheck; refused?: undefined } | { check?: undefined; refused: Refused };
export type Refused = 'empty' | 'too_long';

/** Checks the file of a form, or else what was pasted into it. What does not fit is not read. */
export async function checkForm(context: AppLoadContext, form: FormData): Promise<Checked> {
  const file = form.get('file');
  const given = file instanceof File && file.size > 0 ? file : form.get('certificate');
  // No character takes more than four bytes.
  if (given instanceof File && given.size > 4 * CERTIFICATE_MAX) return { refused: 'too_long' };
  const certificate = (given instanceof File ? await given.text() : (given ?? '')).trim();
  if (certificate === '') return { refused: 'empty' };
  if (certificate.length > CERTIFICATE_MAX) return { refused: 'too_long' };
  return { check: await context.trpc.privacy.verifyCertificate({ certificate }) };
}
