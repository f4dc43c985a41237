import { createTheme, defaultVariantColorsResolver, type CSSVariablesResolver } from '@mantine/core';

/** Text 14/20, one accent, an 8-pixel rhythm, no shadows. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  breakpoints: { xs: '30em', sm: '48em', md: '64em', lg: '80em', xl: '100em' },
  components: {
    InputWrapper: { styles: { label: { marginBottom: 4 } } },
    Switch: { defaultProps: { withThumbIndicator: false } },
    // The library's <header> of a dialog would count as a second banner of the page.
    Modal: {
      defaultProps: {
        transitionProps: { duration: 120 },
        centered: true,
        attributes: { header: { role: 'presentation' } },
      },
      styles: { title: { fontSize: 16, lineHeight: '24px', fontWeight: 600, overflowWrap: 'anywhere' } },
    },
    Popover: { defaultProps: { transitionProps: { duration: 100 } } },
    Menu: { defaultProps: { transitionProps: { duration: 100 } } },
    Select: { defaultProps: { checkIconPosition: 'right', comboboxProps: { transitionProps: { duration: 100 } } } },
  },
  // Boxes are tinted lightly and keep the text colour of the page: a tinted text would miss the contrast of 4.5.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    if (input.variant !== 'light') return colors;
    const tint = `color-mix(in srgb, var(--mantine-color-${input.color ?? 'indigo'}-6) 18%, var(--mantine-color-body))`;
    return { ...colors, background: tint, color: 'var(--mantine-color-text)' };
  },
});

/** Greys and reds of the library that miss the contrast of 4.5 on their ground are taken darker (or lighter in the dark). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--daybook-rhythm': '8px' },
  light: {
    '--mantine-color-dimmed': '#5a626b',
    '--mantine-color-placeholder': '#656d76',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-anchor': '#364fc7',
    '--daybook-hairline': '#e3e6ea',
    '--daybook-hover': '#f4f6f9',
    '--daybook-chosen': '#edf2ff',
    '--daybook-now': '#c92a2a',
    '--daybook-good': '#2b8a3e',
    '--daybook-late': '#e67700',
  },
  dark: {
    '--mantine-color-dimmed': '#a9b0b8',
    '--mantine-color-placeholder': '#9aa1a9',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-anchor': '#91a7ff',
    '--mantine-color-gray-light': '#35383e',
    '--mantine-color-gray-light-hover': '#3d4147',
    '--daybook-hairline': '#3a3d42',
    '--daybook-hover': '#2c2e33',
    '--daybook-chosen': '#2b3050',
    '--daybook-now': '#ff8787',
    '--daybook-good': '#69db7c',
    '--daybook-late': '#ffc078',
  },
});
