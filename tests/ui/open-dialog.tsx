import { screen, within } from '@testing-library/react';
import { ok } from '../../src/core/result';
import type { ImportDraft } from '../../src/core/import-draft';
import type { OpenedImport } from '../../src/core/opened-import';
import { PopupApp } from '../../src/ui/popup/app';
import { renderPage, type Scene, type SceneOptions } from './render-page';
import { openedImport, planned, proved } from './samples';

export interface DialogScene extends Scene {
  dialog: HTMLElement;
  /** The draft as it stands in the dialog now. */
  draft(): ImportDraft;
}

export const ferry = (): HTMLElement => screen.getByRole('button', { name: 'Import into CLIProxyAPI' });
export const dialogOf = (): HTMLElement => screen.getByRole('dialog');

/** The answers of an import that goes well. Each plan has a hash of its own. */
export function importScript(opened: Partial<OpenedImport> = {}): NonNullable<SceneOptions['script']> {
  let plans = 1;
  return {
    'import.open': () => ok(openedImport(opened)),
    'import.plan': ({ draft }) => ok(planned({ hash: `hash-${++plans}`, models: draft.models.length })),
    'import.apply': () => ok({ kind: 'proved', card: proved() }),
  };
}

/** The popup with one key, and the sheet of its import open. */
export async function openSheet(
  opened: Partial<OpenedImport> = {},
  options: SceneOptions = {},
): Promise<DialogScene> {
  const scene = await renderPage(<PopupApp />, {
    ...options,
    script: { ...importScript(opened), ...options.script },
  });
  await scene.user.click(ferry());
  await screen.findByRole('button', { name: /^Import (?:\d|the key)/ });
  return { ...scene, dialog: dialogOf(), draft: () => draftIn(scene) };
}

/** The same, with the full dialog. */
export async function openFull(
  opened: Partial<OpenedImport> = {},
  options: SceneOptions = {},
): Promise<DialogScene> {
  const scene = await openSheet(opened, options);
  const choose = within(scene.dialog).queryByRole('button', { name: 'Choose models' });
  if (choose) await scene.user.click(choose);
  return scene;
}

function draftIn({ imports }: Scene): ImportDraft {
  const state = imports.getState();
  if (state.kind !== 'open') throw new Error(`the import is ${state.kind}`);
  return state.draft;
}
