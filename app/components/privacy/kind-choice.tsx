import type { ReactNode } from 'react';
import { PRIVACY_KINDS, type PrivacyKind } from '../../../server/privacy/privacy.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import classes from './kind-choice.module.css';

/** The article of the GDPR that gives the right to each kind. */
const ARTICLES: Record<PrivacyKind, string> = { access: '15, 20', erasure: '17', rectification: '16' };

/** Where the keyboard goes on in a refused form with this choice: its first wrong field, or the kind chosen. */
export const WHERE_TO_GO_ON =
  '[data-wrong] input:not(:disabled), :is(input, textarea)[aria-invalid="true"], input[name="kind"]:checked';

/**
 * What is asked for, as the field `kind`: each with its article, a `label` and a `text`. Kinds that are `underWay`
 * look so, and cannot be chosen while they are `locked`. Works without script.
 */
export function KindChoice({
  question,
  label,
  text,
  chosen,
  underWay,
  locked = true,
  error,
}: {
  question: string;
  label: (kind: PrivacyKind) => string;
  text: (kind: PrivacyKind) => ReactNode;
  chosen?: string;
  underWay: readonly PrivacyKind[];
  locked?: boolean;
  error?: string;
}) {
  const { t } = useTranslation();
  return (
    <>
      <fieldset
        className={classes.kinds}
        aria-describedby={error ? 'kind-error' : undefined}
        data-wrong={error ? '' : undefined}
      >
        <legend>{question}</legend>
        {PRIVACY_KINDS.map((kind) => (
          <label key={kind} data-under-way={underWay.includes(kind) || undefined}>
            <input
              type="radio"
              name="kind"
              value={kind}
              defaultChecked={chosen === kind}
              disabled={locked && underWay.includes(kind)}
              aria-describedby={`kind-${kind}`}
              required
            />
            <span>
              <strong>{label(kind)}</strong>{' '}
              <small className="g-dimmed">{t('account.article', { article: ARTICLES[kind] })}</small>
              <span id={`kind-${kind}`} className={classes.what}>
                {text(kind)}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      {error ? (
        <p id="kind-error" className={classes.error}>
          {error}
        </p>
      ) : null}
    </>
  );
}
