import { setTimeout as pause } from 'node:timers/promises';
import type { Display } from './display.ts';

/** The browser takes no keys in the first half second of a prompt, so that nobody answers it by a slip. */
const DEAF_MS = 700;

/** Tabs and toolbar: no page paints there, and a prompt darkens them. */
const brightness = async (display: Display): Promise<number> =>
  Number(await display.measure('300x30+40+5', '%[fx:mean]', '-colorspace', 'Gray'));

/** Changes when the focus moves inside the prompt. */
const picture = (display: Display): Promise<string> => display.measure('100%x40%+0+80', '%#');

/**
 * Answers the browser's own permission prompt with real keys; `ask` does what makes it appear. The prompt tells nobody
 * that it is there, so the screen is looked at: it darkens, Tab moves its focus from Deny to Allow, Return presses that.
 */
export async function answerPrompt(
  display: Display,
  ask: () => Promise<unknown>,
  answer: 'allow' | 'deny',
): Promise<void> {
  const before = await brightness(display);
  await ask();
  await until(async () => (await brightness(display)) < before * 0.8, 'no permission prompt appeared');
  await pause(DEAF_MS);
  if (answer === 'allow') await focusAllow(display);
  const gone = async (): Promise<boolean> => (await brightness(display)) > before * 0.95;
  await until(async () => {
    await display.press(answer === 'allow' ? 'Return' : 'Escape');
    return settles(gone);
  }, 'the permission prompt did not go away');
}

/** A Tab that got lost would turn the Return into a Deny: the picture must have changed. */
async function focusAllow(display: Display): Promise<void> {
  const unfocused = await picture(display);
  await until(async () => {
    await display.press('Tab');
    await pause(250);
    return (await picture(display)) !== unfocused;
  }, 'Tab did not reach the permission prompt');
}

/** Gives the prompt time to close, so that the page never gets a second key. */
async function settles(condition: () => Promise<boolean>): Promise<boolean> {
  for (let look = 0; look < 7; look++) {
    await pause(100);
    if (await condition()) return true;
  }
  return false;
}

async function until(condition: () => Promise<boolean>, complaint: string): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(complaint);
    await pause(100);
  }
}
