import { Textarea, TextInput } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useFormat } from '../ui/use-format.ts';
import classes from './counted-field.module.css';
import { charactersOf } from './incident-text.ts';

/**
 * Text of at most `max` characters, counted as one types; without script the limit stands there instead. With `rows`
 * it has several lines. Nothing typed is ever cut: what is too long is said, here and by the server.
 */
export function CountedField({
  max,
  rows,
  defaultValue = '',
  error,
  ...field
}: {
  name: string;
  label: string;
  max: number;
  rows?: number;
  defaultValue?: string;
  error?: string;
  autoFocus?: boolean;
}) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const [count, setCount] = useState(() => charactersOf(defaultValue));
  const id = useId();
  // What was typed before the script came, or put back by the browser, counts too.
  useEffect(() => {
    const input = document.getElementById(id);
    if (input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement) setCount(charactersOf(input.value));
  }, [id]);
  const common = {
    ...field,
    id,
    required: true,
    withAsterisk: false,
    defaultValue,
    error,
    autoComplete: 'off',
    inputWrapperOrder: ['label' as const, 'input' as const, 'description' as const, 'error' as const],
    description: (
      <span data-over={count > max ? '' : undefined} className={classes.count}>
        <span className={classes.withoutScript}>{t('field_errors.too_long', { count: max })}</span>
        <span className="g-script-only">
          {count > max
            ? t('incidents.too_many_characters', { count: count - max })
            : t('incidents.characters', { count: number(count), max: number(max) })}
        </span>
      </span>
    ),
  };
  return rows ? (
    <Textarea
      {...common}
      rows={rows}
      resize="vertical"
      onChange={(event) => setCount(charactersOf(event.currentTarget.value))}
    />
  ) : (
    <TextInput {...common} onChange={(event) => setCount(charactersOf(event.currentTarget.value))} />
  );
}
