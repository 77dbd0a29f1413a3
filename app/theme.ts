import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const ink: MantineColorsTuple = [
  '#eef2fa',
  '#dde5f4',
  '#bccae8',
  '#98add9',
  '#7a93cb',
  '#5571b6',
  '#3b5899',
  '#2b4580',
  '#213663',
  '#172747',
];

const gray: MantineColorsTuple = [
  '#f7f8fa',
  '#f0f2f5',
  '#e5e8ed',
  '#d8dce3',
  '#c2c8d2',
  '#8a94a3',
  '#5b6574',
  '#465060',
  '#303947',
  '#1a222d',
];

const dark: MantineColorsTuple = [
  '#dbe1ea',
  '#bfc8d4',
  '#9ba7b7',
  '#8390a2',
  '#343d4a',
  '#2a323e',
  '#1d242e',
  '#12171e',
  '#0e1218',
  '#090c11',
];

/** Quiet neutrals, one accent. Every pair of colours here passes WCAG AA in its scheme. */
export const theme = createTheme({
  primaryColor: 'ink',
  colors: { ink, gray, dark },
  respectReducedMotion: true,
  autoContrast: true,
  luminanceThreshold: 0.3,
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '20px' },
  fontFamily: '"Inter Variable", "Inter Fallback", system-ui, sans-serif, "Apple Color Emoji", "Segoe UI Emoji"',
  fontFamilyMonospace: '"JetBrains Mono Variable", ui-monospace, monospace',
  fontSizes: { xs: '12px', sm: '14px', md: '16px', lg: '18px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.55', lg: '1.5', xl: '1.4' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '22px', lineHeight: '1.3' },
      h2: { fontSize: '17px', lineHeight: '1.35' },
      h3: { fontSize: '15px', lineHeight: '1.4' },
      h4: { fontSize: '14px', lineHeight: '1.4' },
      h5: { fontSize: '14px', lineHeight: '1.4' },
      h6: { fontSize: '14px', lineHeight: '1.4' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Kbd: { defaultProps: { size: 'sm' } },
  },
});

const followTokens = {
  '--mantine-color-body': 'var(--g-page)',
  '--mantine-color-text': 'var(--g-text)',
  '--mantine-color-bright': 'var(--g-strong)',
  '--mantine-color-dimmed': 'var(--g-dimmed)',
  '--mantine-color-placeholder': 'var(--g-dimmed)',
  '--mantine-color-anchor': 'var(--g-link)',
  '--mantine-color-error': 'var(--g-bad)',
  '--mantine-color-default': 'var(--g-surface)',
  '--mantine-color-default-hover': 'var(--g-hover)',
  '--mantine-color-default-color': 'var(--g-text)',
  '--mantine-color-default-border': 'var(--g-line-strong)',
  '--mantine-primary-color-filled': 'var(--g-accent)',
  '--mantine-primary-color-filled-hover': 'var(--g-accent-hover)',
  '--mantine-color-ink-filled': 'var(--g-accent)',
  '--mantine-color-ink-filled-hover': 'var(--g-accent-hover)',
  '--mantine-color-ink-light': 'var(--g-ink-bg)',
  '--mantine-color-ink-light-hover': 'var(--g-ink-bg-hover)',
  '--mantine-color-ink-light-color': 'var(--g-ink)',
  '--mantine-color-ink-outline': 'var(--g-ink)',
  '--mantine-color-ink-text': 'var(--g-ink)',
  '--mantine-color-red-filled': 'var(--g-danger)',
  '--mantine-color-red-filled-hover': 'var(--g-danger-hover)',
  '--mantine-color-red-light': 'var(--g-bad-bg)',
  '--mantine-color-red-light-color': 'var(--g-bad)',
  '--mantine-color-red-outline': 'var(--g-bad)',
  '--mantine-color-red-text': 'var(--g-bad)',
};

/** Mantine's colours follow the tokens of `components/ui/tokens.css`, which know the scheme without script too. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: followTokens,
  dark: followTokens,
});
