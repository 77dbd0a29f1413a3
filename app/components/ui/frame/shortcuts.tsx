import { useNavigate } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import type { Permission } from '../../../../server/identity/roles.rules.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useAnnounce } from '../announce.tsx';
import { IconKeyboard, IconX } from '../icons.ts';
import { useRootData } from '../use-root-data.ts';
import classes from './frame.module.css';
import { type KeyStroke, readKeys } from './keys.ts';

const PAGES: Record<string, string> = { q: '/', p: '/users', i: '/incidents', r: '/privacy' };
const PERMISSIONS: Record<string, Permission> = {
  q: 'incident:read',
  p: 'user:search',
  i: 'incident:read',
  r: 'privacy:read',
};
const OFF = 'guichet-single-keys-off';

/**
 * The keyboard of the desk and its help panel. A page offers `n` (new) or `e` (edit) by marking the link or button:
 * `aria-keyshortcuts="n"`. Single keys can be turned off (WCAG 2.1.4).
 */
export function Shortcuts() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const permissions = useRootData().permissions as readonly string[];
  const help = useRef<HTMLDialogElement>(null);
  const [singleKeys, setSingleKeys] = useState(true);

  useEffect(() => setSingleKeys(localStorage.getItem(OFF) === null), []);

  useEffect(() => {
    let previous: KeyStroke | null = null;
    const onKey = (event: KeyboardEvent) => {
      const { command, stroke } = readKeys(event, previous, singleKeys);
      previous = stroke;
      if (!command || document.querySelector('dialog[open]')) return;
      if (command.type === 'search') {
        const field = document.getElementById('desk-search') as HTMLInputElement | null;
        if (!field) return;
        event.preventDefault();
        field.focus();
        field.select();
      } else if (command.type === 'help') {
        event.preventDefault();
        help.current?.showModal();
      } else if (command.type === 'go') {
        const permission = PERMISSIONS[command.key];
        const page = PAGES[command.key];
        if (!page || !permission || !permissions.includes(permission)) return;
        event.preventDefault();
        navigate(page);
      } else {
        const target = document.querySelector<HTMLElement>(`main [aria-keyshortcuts="${command.key}"]`);
        if (!target) return announce(t('shortcuts.nothing_here'));
        event.preventDefault();
        if (target.matches('input, textarea, select')) target.focus();
        else target.click();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate, announce, permissions, singleKeys, t]);

  function turn(on: boolean) {
    setSingleKeys(on);
    if (on) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, '1');
  }

  return (
    <>
      <button
        type="button"
        className={`${classes.switch} ${classes.wideOnly} g-script-only`}
        aria-label={t('shortcuts.open')}
        title={`${t('shortcuts.open')} (?)`}
        aria-keyshortcuts="?"
        onClick={() => help.current?.showModal()}
      >
        <IconKeyboard size={19} stroke={1.6} aria-hidden />
      </button>
      <dialog ref={help} className={classes.help} aria-labelledby="shortcuts-title">
        <form method="dialog" className={classes.helpHeader}>
          <h2 id="shortcuts-title">{t('shortcuts.title')}</h2>
          <button type="submit" className={classes.switch} aria-label={t('common.close')}>
            <IconX size={18} aria-hidden />
          </button>
        </form>
        <dl>
          <Row keys={['/']} or={['Ctrl', 'K']} words={t('shortcuts.search')} />
          <Row keys={['g', 'q']} words={t('shortcuts.queue')} />
          <Row keys={['g', 'p']} words={t('shortcuts.users')} />
          <Row keys={['g', 'i']} words={t('shortcuts.incidents')} />
          <Row keys={['g', 'r']} words={t('shortcuts.privacy')} />
          <Row keys={['n']} words={t('shortcuts.new_incident')} />
          <Row keys={['e']} words={t('shortcuts.edit')} />
          <Row keys={['?']} words={t('shortcuts.help')} />
        </dl>
        <label className={classes.singleKeys}>
          <input type="checkbox" checked={singleKeys} onChange={(event) => turn(event.currentTarget.checked)} />
          <span>
            {t('shortcuts.single_keys')}
            <small>{t('shortcuts.single_keys_hint')}</small>
          </span>
        </label>
      </dialog>
    </>
  );
}

function Row({ keys, or, words }: { keys: string[]; or?: string[]; words: string }) {
  const { t } = useTranslation();
  return (
    <div>
      <dt>{words}</dt>
      <dd>
        {keys.map((key, index) => (
          <span key={key}>
            {index > 0 ? <small> {t('shortcuts.then')} </small> : null}
            <kbd>{key}</kbd>
          </span>
        ))}
        {or ? (
          <span>
            <small> {t('shortcuts.or')} </small>
            {or.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </span>
        ) : null}
      </dd>
    </div>
  );
}
