// Mantine, told to use our tokens.
import {
  type CSSVariablesResolver,
  createTheme,
  localStorageColorSchemeManager,
  type MantineColorsTuple,
} from '@mantine/core';

/** 4 is the accent in the dark, 7 in the light. */
const pine: MantineColorsTuple = [
  '#e8f5f1',
  '#cfe9e1',
  '#a5d8ca',
  '#79cdb8',
  '#56c8b0',
  '#2f9c86',
  '#147e6d',
  '#0b6b5d',
  '#08594d',
  '#05433a',
];

export const theme = createTheme({
  colors: { pine },
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  fontFamily: 'var(--font-text)',
  fontFamilyMonospace: 'var(--font-code)',
  defaultRadius: 8,
  cursorType: 'pointer',
  // Said aloud, so that `styles/base.css` can see it.
  components: {
    Button: { defaultProps: { variant: 'filled' } },
    Modal: { defaultProps: { overlayProps: { backgroundOpacity: 0.4 } } },
  },
});

/** `public/scheme.js` reads the same key before the first paint. */
export const schemes = localStorageColorSchemeManager({ key: 'homerule.scheme' });

const ours = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-error': 'var(--bad)',
};

export const resolveVariables: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours });
