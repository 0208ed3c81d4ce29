const KEPT_MS = 60_000;

/** What is needed of `navigator`. */
export interface ClipboardOwner {
  clipboard: Pick<Clipboard, 'readText' | 'writeText'>;
  permissions: { query(what: PermissionDescriptor): Promise<{ state: PermissionState }> };
}

/**
 * Copies a text and empties the clipboard a minute later if the text is still in it. Reading is what tells, so where
 * reading is not granted already nothing is done: neither is the user asked a minute after a click, nor is something
 * thrown away that may be theirs. Tells whether the clipboard will be looked at.
 */
export async function copyForAMinute(
  text: string,
  { clipboard, permissions }: ClipboardOwner,
): Promise<boolean> {
  await clipboard.writeText(text);
  const mayRead = async (): Promise<boolean> => {
    try {
      // Firefox does not know this name and throws.
      return (await permissions.query({ name: 'clipboard-read' as PermissionName })).state === 'granted';
    } catch {
      return false;
    }
  };
  if (!(await mayRead())) return false;
  setTimeout(() => void emptyIf(text, clipboard, mayRead), KEPT_MS);
  return true;
}

async function emptyIf(
  text: string,
  clipboard: ClipboardOwner['clipboard'],
  mayRead: () => Promise<boolean>,
): Promise<void> {
  try {
    if ((await mayRead()) && (await clipboard.readText()) === text) await clipboard.writeText('');
  } catch {
    // The page has not the focus: the browser does not let it look then.
  }
}
