import { useMantineColorScheme } from '@mantine/core';
import { Form, useLocation } from '@remix-run/react';
import type { FormEvent } from 'react';
import type { ColorScheme } from '../../../../server/load-context.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { IconDeviceDesktop, IconMoon, IconSun } from '../icons.ts';
import classes from './frame.module.css';

/** Switches to the other language; the page is loaded anew, with or without script. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const other = i18n.language === 'fr' ? 'en' : 'fr';
  return (
    <Form method="post" action="/preferences" reloadDocument>
      <ReturnHere />
      <button
        type="submit"
        name="locale"
        value={other}
        lang={other}
        className={classes.switch}
        aria-label={`${t('preferences.switch_language_short')} – ${t('preferences.switch_language')}`}
        title={t('preferences.switch_language')}
      >
        {t('preferences.switch_language_short')}
      </button>
    </Form>
  );
}

const NEXT: Record<ColorScheme, ColorScheme> = { light: 'dark', dark: 'auto', auto: 'light' };
const ICONS = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop };

/**
 * Light, dark, as the system: at once with script, by a reload without. Not a Remix submission, after which the page's
 * loaders would read (and audit) all again.
 */
export function SchemeSwitch() {
  const { t } = useTranslation();
  const { colorScheme: scheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const next = NEXT[scheme];
  const Icon = ICONS[scheme];
  const label = t('preferences.switch_scheme', {
    current: t(`preferences.scheme.${scheme}`),
    next: t(`preferences.scheme.${next}`),
  });

  function change(event: FormEvent) {
    event.preventDefault();
    setColorScheme(next);
    void fetch('/preferences', { method: 'POST', body: new URLSearchParams({ scheme: next }), redirect: 'manual' });
  }

  return (
    <form method="post" action="/preferences" onSubmit={change}>
      <ReturnHere />
      <button type="submit" name="scheme" value={next} className={classes.switch} aria-label={label} title={label}>
        <Icon size={18} stroke={1.75} aria-hidden />
      </button>
    </form>
  );
}

function ReturnHere() {
  const { pathname, search } = useLocation();
  return <input type="hidden" name="return_to" value={pathname + search} />;
}
