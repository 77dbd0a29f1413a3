import type { ReactNode } from 'react';
import classes from './new-incident.module.css';

/** One of a few values, all in sight; arrow keys move between them. `error` is tied to the group. */
export function ChoiceChips({
  name,
  label,
  options,
  defaultValue,
  error,
}: {
  name: string;
  label: string;
  options: readonly { value: string; label: ReactNode }[];
  defaultValue: string;
  error?: string;
}) {
  const errorId = `${name}-error`;
  return (
    <fieldset
      className={classes.choice}
      aria-describedby={error ? errorId : undefined}
      data-wrong={error ? '' : undefined}
    >
      <legend>{label}</legend>
      <div className={classes.options}>
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              defaultChecked={option.value === defaultValue}
              required
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {error ? (
        <p id={errorId} className={classes.error}>
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
