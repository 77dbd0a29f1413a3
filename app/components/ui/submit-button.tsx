import { Button, type ButtonProps } from '@mantine/core';
import { useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';

/**
 * The button of a form: closed while the form is on its way, so that a double click sends once. Give `name` and
 * `value` where a form has several (`name="status" value="closed"`); `pendingLabel` replaces the words meanwhile.
 */
export function SubmitButton({
  name,
  value,
  pendingLabel,
  children,
  ...button
}: ButtonProps & {
  name?: string;
  value?: string;
  pendingLabel?: string;
  children: ReactNode;
  'aria-keyshortcuts'?: string;
  formNoValidate?: boolean;
}) {
  const { state, formData } = useNavigation();
  const sending = state === 'submitting' || (state === 'loading' && formData !== undefined);
  const mine = sending && (name === undefined || formData?.get(name) === value);
  return (
    <Button {...button} type="submit" name={name} value={value} disabled={sending} aria-busy={mine || undefined}>
      {mine && pendingLabel ? pendingLabel : children}
    </Button>
  );
}
