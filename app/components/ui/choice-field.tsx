import { type ReactNode, useId } from 'react';
import classes from './choice-field.module.css';

/**
 * One of a few values, all in sight: radio buttons that look like one bar. `error` is tied to the group by
 * aria-describedby. Works without script.
 */
export function ChoiceField({
  name,
  label,
  options,
  defaultValue,
  error,
}: {
  name: string;
  label: string;
  options: readonly { value: string; label: ReactNode }[];
  defaultValue?: string;
  error?: string;
}) {
  const labelId = useId();
  const errorId = useId();
  return (
    <div
      role="radiogroup"
      className={classes.field}
      aria-labelledby={labelId}
      aria-describedby={error ? errorId : undefined}
      aria-invalid={error ? true : undefined}
      aria-required
    >
      <p id={labelId} className={classes.label}>
        {label}
      </p>
      <div className={classes.choices}>
        {options.map((option) => (
          <label key={option.value} className={classes.choice}>
            <input type="radio" name={name} value={option.value} defaultChecked={option.value === defaultValue} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {error ? (
        <p id={errorId} className={classes.error}>
          {error}
        </p>
      ) : null}
    </div>
  );
}
