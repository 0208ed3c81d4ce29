// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { observeElementRect } from '@tanstack/virtual-core';

test('smoke', async () => {
  const e = document.createElement('div');
  console.log(e.ownerDocument.defaultView === window, window.ResizeObserver, globalThis.ResizeObserver, observeElementRect.toString().slice(0,700));
  expect(1).toBe(1)
});
