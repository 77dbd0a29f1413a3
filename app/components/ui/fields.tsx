import { NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation.ts';

type Field = {
  /** The field's name in the form and in `fieldErrors` (see `useFieldErrors`). */
  name: string;
  label: string;
  defaultValue?: string | null;
  description?: string;
  /** In the user's language; tied to the field by aria-describedby, marked by aria-invalid. */
  error?: string;
  required?: boolean;
  maxLength?: number;
  autoFocus?: boolean;
};

/** A line of text. Works without script; `maxLength` is not enforced by the browser, so that nothing typed is cut. */
export function TextField({
  maxLength,
  type = 'text',
  placeholder,
  ...field
}: Field & { type?: 'text' | 'email' | 'search' | 'date'; placeholder?: string }) {
  return <TextInput {...useCommon(field, maxLength)} type={type} placeholder={placeholder} autoComplete="off" />;
}

/** Text of several lines, as high as `rows` and resizable. */
export function TextAreaField({ maxLength, rows = 6, ...field }: Field & { rows?: number }) {
  return <Textarea {...useCommon(field, maxLength)} rows={rows} resize="vertical" />;
}

/** A password: never filled in again, so that it stands in no page. */
export function PasswordField({
  autoComplete,
  ...field
}: Omit<Field, 'defaultValue' | 'maxLength'> & { autoComplete: 'current-password' | 'new-password' }) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      {...useCommon(field)}
      aria-invalid={field.error ? true : undefined}
      autoComplete={autoComplete}
      visibilityToggleButtonProps={{ 'aria-label': t('auth.show_password'), className: 'g-script-only' }}
    />
  );
}

/** One of a few values, in the browser's own list. */
export function SelectField({
  options,
  ...field
}: Omit<Field, 'maxLength'> & { options: readonly { value: string; label: string }[] }) {
  return <NativeSelect {...useCommon(field)} data={[...options]} />;
}

function useCommon({ defaultValue, description, ...field }: Field, maxLength?: number) {
  const { t } = useTranslation();
  return {
    ...field,
    defaultValue: defaultValue ?? undefined,
    description: description ?? (maxLength ? t('field_errors.too_long', { count: maxLength }) : undefined),
    withAsterisk: false,
    size: 'sm' as const,
  };
}
