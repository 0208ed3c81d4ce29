/** Letters that act on the focused card; targets by their id. Buttons and the About page show them. */
export const HOTKEYS = {
  import: 'I',
  copy: 'C',
  'cherry-studio': 'S',
  'cc-switch': 'W',
  'new-api': 'N',
  undo: 'Z',
} as const;

const rows = Object.entries(HOTKEYS);

export const hotkeyOf = (action: string): string | undefined => rows.find(([each]) => each === action)?.[1];

export const actionOf = (key: string): string | undefined =>
  rows.find(([, letter]) => letter === key.toUpperCase())?.[0];
