import { act, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { ok } from '../../src/core/failures/result';
import type { ImportDraft } from '../../src/core/import/draft';
import type { OpenedImport } from '../../src/core/import/opened';
import { ImportLayer } from '../../src/ui/import/import-layer';
import { KeyList } from '../../src/ui/keys/list';
import { useImport } from '../../src/ui/import/use-import';
import { useView } from '../../src/ui/use-view';
import { renderPage, type Scene, type SceneOptions } from './render-page';
import { openedImport, planned, proved } from './samples';

export interface DialogScene extends Scene {
  dialog: HTMLElement;
  /** The draft as it stands in the dialog now. */
  draft(): ImportDraft;
}

export const ferry = (): HTMLElement => screen.getByRole('button', { name: /into CLIProxyAPI$/ });
export const dialogOf = (): HTMLElement => screen.getByRole('dialog');

/** The cards of all keys, and whatever is open above them. */
export function Keys(): ReactNode {
  return (
    <>
      <KeyList view={useView()} empty={null} />
      <Layer />
    </>
  );
}

/** As on the pages: the layer is there only while something is open. */
function Layer(): ReactNode {
  return useImport().kind !== 'closed' && <ImportLayer />;
}

/** The answers of an import that goes well. Each plan has a hash of its own. */
export function importScript(opened: Partial<OpenedImport> = {}): NonNullable<SceneOptions['script']> {
  let plans = 1;
  return {
    'import.open': () => ok(openedImport(opened)),
    'import.plan': ({ draft }) => ok(planned({ hash: `hash-${++plans}`, models: draft.models.length })),
    'import.apply': () => ok({ kind: 'proved', card: proved() }),
  };
}

/** The sheet of an import, by itself. */
export const openSheet = (
  opened: Partial<OpenedImport> = {},
  options: SceneOptions = {},
): Promise<DialogScene> => openLayer(opened, options, false);

/** The full dialog of an import, by itself. */
export const openFull = (
  opened: Partial<OpenedImport> = {},
  options: SceneOptions = {},
): Promise<DialogScene> => openLayer(opened, options, true);

async function openLayer(
  opened: Partial<OpenedImport>,
  options: SceneOptions,
  full: boolean,
): Promise<DialogScene> {
  const scene = await renderPage(<Layer />, {
    ...options,
    script: { ...importScript(opened), ...options.script },
  });
  await act(() => scene.imports.open('k1', { full }));
  return { ...scene, dialog: dialogOf(), draft: () => draftIn(scene) };
}

/** The sheet as a user comes to it: over the list, by a click on the card of its key. */
export async function openFromCard(
  opened: Partial<OpenedImport> = {},
  options: SceneOptions = {},
): Promise<DialogScene> {
  const scene = await renderPage(<Keys />, {
    ...options,
    script: { ...importScript(opened), ...options.script },
  });
  await scene.user.click(ferry());
  await screen.findByRole('button', { name: /^(?:Import key with|Add key|Check )/ });
  return { ...scene, dialog: dialogOf(), draft: () => draftIn(scene) };
}

function draftIn({ imports }: Scene): ImportDraft {
  const state = imports.getState();
  if (state.kind !== 'open') throw new Error(`the import is ${state.kind}`);
  return state.draft;
}
