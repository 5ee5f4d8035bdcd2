/** What the application menu can ask of the page: the `command` of the `menu` event. */
export const MENU_COMMANDS = [
  'open-folder',
  'open-library',
  'export-svg',
  'export-png',
  'theme-system',
  'theme-light',
  'theme-dark',
  'theme-contrast',
  'language-system',
  'language-en',
  'language-nl',
  'edit-sentence',
  'help-keys',
  'preferences',
  'command-palette',
  'self-check',
  'about',
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];
