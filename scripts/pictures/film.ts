import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { Advice } from '../advice.ts';
import { run } from '../system.ts';
import type { Camera } from './camera.ts';

interface Frame {
  file: string;
  /** For how long it is shown, in seconds. */
  lasts: number;
}

export interface Film {
  shoot(lasts: number): Promise<void>;
  /** Shows where the pointer is about to click, since a page's own picture has no pointer. */
  pointAt(button: Locator): Promise<void>;
  /** Joins the frames into one moving picture, an animated WebP. */
  end(path: string): Promise<void>;
  drop(): Promise<void>;
}

/** A film of chosen moments: a plan takes longer to read than the 200 ms in which a script clicks on. */
export async function startFilm(page: Page, camera: Camera): Promise<Film> {
  const folder = await mkdtemp(join(tmpdir(), 'keyferry-film-'));
  const frames: Frame[] = [];
  const shoot = async (lasts: number): Promise<void> => {
    const file = join(folder, `${frames.length}.png`);
    await camera(file);
    frames.push({ file, lasts });
  };
  return {
    shoot,
    pointAt: async (button) => {
      await button.hover();
      await button.evaluate(drawPointer);
      await shoot(0.9);
      await page.locator('[data-pointer]').evaluate((pointer) => pointer.remove());
    },
    end: async (path) => {
      const delays = frames.flatMap(({ file, lasts }) => ['-delay', String(Math.round(lasts * 100)), file]);
      const made = await run('convert', ['-loop', '0', ...delays, '-quality', '75', path]);
      if (!made) throw new Advice('ImageMagick could not join the frames; what it said stands above.');
    },
    drop: () => rm(folder, { recursive: true }),
  };
}

/** Runs in the page. */
function drawPointer(button: Element): void {
  const { left, top, width, height } = button.getBoundingClientRect();
  const pointer = document.createElement('div');
  pointer.dataset['pointer'] = '';
  Object.assign(pointer.style, {
    position: 'fixed',
    left: `${left + width * 0.62 - 14}px`,
    top: `${top + height / 2 - 14}px`,
    width: '28px',
    height: '28px',
    borderRadius: '50%',
    background: 'rgb(10 106 128 / 0.35)',
    border: '2px solid rgb(10 106 128 / 0.9)',
    // On a button of the same colour.
    boxShadow: '0 0 0 2px #fff',
    pointerEvents: 'none',
    zIndex: '9999',
  });
  document.body.append(pointer);
}
