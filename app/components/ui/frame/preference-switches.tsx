import { useMantineColorScheme } from '@mantine/core';
import { Form, useFetcher, useLocation } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import type { ColorScheme } from '../../../../server/load-context.ts';
import { IconDeviceDesktop, IconMoon, IconSun } from '../icons.ts';
import { useRootData } from '../use-root-data.ts';
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

/** Light, dark, as the system: at once with script, by a reload without. */
export function SchemeSwitch() {
  const { t } = useTranslation();
  const { scheme: kept } = useRootData();
  const { setColorScheme } = useMantineColorScheme();
  const fetcher = useFetcher();
  const scheme = (fetcher.formData?.get('scheme') as ColorScheme | null) ?? kept;
  const next = NEXT[scheme];
  const Icon = ICONS[scheme];
  const label = t('preferences.switch_scheme', {
    current: t(`preferences.scheme.${scheme}`),
    next: t(`preferences.scheme.${next}`),
  });
  return (
    <fetcher.Form method="post" action="/preferences" onSubmit={() => setColorScheme(next)}>
      <ReturnHere />
      <button type="submit" name="scheme" value={next} className={classes.switch} aria-label={label} title={label}>
        <Icon size={18} stroke={1.75} aria-hidden />
      </button>
    </fetcher.Form>
  );
}

function ReturnHere() {
  const { pathname, search } = useLocation();
  return <input type="hidden" name="return_to" value={pathname + search} />;
}
