const KEPT_MS = 60_000;

/** What is needed of `navigator`. */
export interface ClipboardOwner {
  clipboard: Pick<Clipboard, 'readText' | 'writeText'>;
  permissions: { query(what: PermissionDescriptor): Promise<{ state: PermissionState }> };
}

/**
 * Copies a text, and empties the clipboard a minute later if the text is still there. Only reading the clipboard can
 * tell, so without a granted permission to read nothing is emptied: the user is not asked a minute after a click, and
 * nothing of theirs is thrown away. Resolves to whether the clipboard will be looked at.
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
    // Without the focus, the browser does not let the page read.
  }
}
