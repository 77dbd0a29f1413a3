import { Form, Link, useLocation } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { IconChevronDown, IconKey, IconLogout, IconUser } from '../icons.ts';
import { PersonName } from '../person-name.tsx';
import { useRootData } from '../use-root-data.ts';
import classes from './frame.module.css';

/** Who I am, my account, signing out. A `<details>`, so that it opens without script. */
export function MeMenu() {
  const { t } = useTranslation();
  const { actor } = useRootData();
  const { key } = useLocation();
  const menu = useRef<HTMLDetailsElement>(null);

  useEffect(() => {
    const close = (event: Event) => {
      const open = menu.current;
      if (!open?.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return;
        open.querySelector('summary')?.focus();
      } else if (open.contains(event.target as Node)) return;
      open.open = false;
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('keydown', close);
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: every navigation closes the menu
  useEffect(() => menu.current?.removeAttribute('open'), [key]);

  if (!actor) return null;
  return (
    <details ref={menu} className={classes.me}>
      <summary>
        <span className="g-hidden">
          {t('auth.my_menu')}: <PersonName name={actor.name} />
        </span>
        <span className={classes.avatar} aria-hidden>
          {initials(actor.name)}
        </span>
        <span className={`${classes.myName} g-truncate`} aria-hidden>
          <PersonName name={actor.name} />
        </span>
        <IconChevronDown size={14} aria-hidden className={classes.chevron} />
      </summary>
      <div className={classes.menu}>
        <p className={classes.whoIAm}>
          <PersonName name={actor.name} />
          <span className="g-dimmed">{t(`roles.${actor.role}`)}</span>
        </p>
        <Link to="/account" className={classes.menuItem}>
          <IconUser size={16} aria-hidden /> {t('nav.account')}
        </Link>
        <Link to="/account/security" className={classes.menuItem}>
          <IconKey size={16} aria-hidden /> {t('security.title')}
        </Link>
        <Form method="post" action="/logout" reloadDocument>
          <button type="submit" className={classes.menuItem}>
            <IconLogout size={16} aria-hidden /> {t('auth.sign_out')}
          </button>
        </Form>
      </div>
    </details>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}
