import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useAnnounce } from './announce.tsx';
import classes from './copy-id.module.css';
import { IconCheck, IconCopy } from './icons.ts';

/**
 * An identifier in monospace, copied whole by one click; without script it is text to select.
 * `short` shows only its last characters (the ids are UUIDv7: the first ones tell the time and look alike).
 */
export function CopyId({ value, label, short = false }: { value: string; label?: string; short?: boolean }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [copied, setCopied] = useState(false);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      announce(t('common.copied'));
      setTimeout(() => setCopied(false), 1_500);
    } catch {
      announce(t('common.copy_failed'));
    }
  }

  return (
    <span className={classes.id}>
      <span className="g-mono" title={short ? value : undefined} data-short={short ? '' : undefined}>
        {short ? `…${value.slice(-8)}` : value}
      </span>
      <button
        type="button"
        className={`${classes.button} g-script-only`}
        onClick={copy}
        title={t('common.copy')}
        aria-label={`${t('common.copy')} ${label ?? value}`}
      >
        {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
      </button>
    </span>
  );
}
