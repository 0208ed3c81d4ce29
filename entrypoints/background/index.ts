import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { closeStorage } from '../../src/platform/storage-slots';
import { listenForPages } from '../../src/platform/listen-for-pages';
import { createHandlers } from '../../src/worker/handlers';
import { createPorts } from '../../src/worker/ports';

/** Joins the pieces. All listeners are added synchronously, since one of their events may have woken the worker. */
export default defineBackground({
  main() {
    const ports = createPorts();
    const { route, start, permissionsAdded, onAlarm } = createHandlers(ports);
    listenForPages(route);
    browser.runtime.onStartup.addListener(() => void start());
    browser.alarms.onAlarm.addListener(({ name }) => void onAlarm(name));
    browser.permissions.onAdded.addListener(() => void permissionsAdded());
    browser.permissions.onRemoved.addListener(() => void ports.pages.notify());
    void closeStorage();
    // A page that woke the worker gets its answer first. An import waits for this anyway.
    setTimeout(() => void start(), 100);
  },
});
