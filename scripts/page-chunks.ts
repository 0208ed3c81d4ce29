/** What the bundler knows of its modules, as far as it matters here. */
interface Graph {
  getModuleInfo(id: string): Module | null;
}
interface Module {
  isEntry: boolean;
  importers: readonly string[];
  dynamicImporters: readonly string[];
}

/** Folders that each have `import()`s of their own: what they load must wait for no other dialog. */
const APART = /src\/(?:core|ui)\/(?:backup|paste|shell)\//;
const PARTS = /src\/ui\/parts\/.*\.tsx$|lucide-react\//;
const OURS = /src\/(?:core|ui)\//;

/**
 * The file that a module of a page goes into; null leaves it to the bundler.
 *
 * `shell` is what a page needs before it can draw, unless the other page never loads it: then it stays in the page's own
 * file. Everything else is loaded later: `parts` are small and used everywhere, `dialogs` can be reached from the popup,
 * `pages` cannot. Left alone, each module that two of these share becomes a file of its own: a hundred files, of which
 * each costs 130 bytes in the packed extension, packs worse and is one more request.
 */
export function pageChunk(id: string, graph: Graph): string | null {
  const eager = entriesAbove(id, graph, ({ importers }) => importers);
  const all = entriesAbove(id, graph, ({ importers, dynamicImporters }) => [
    ...importers,
    ...dynamicImporters,
  ]);
  // What is loaded later may not lead to a page's own file: that would run this page inside the other one.
  if (eager.length > 0) return all.length > 1 || isWantedLater(id, graph) ? 'shell' : null;
  if (APART.test(id)) return null;
  if (PARTS.test(id)) return 'parts';
  if (!OURS.test(id)) return null;
  return all.some((entry) => entry.includes('/popup/')) ? 'dialogs' : 'pages';
}

/** Whether something that is loaded later needs it as well. */
const isWantedLater = (id: string, graph: Graph): boolean =>
  (graph.getModuleInfo(id)?.importers ?? []).some(
    (importer) => entriesAbove(importer, graph, ({ importers }) => importers).length === 0,
  );

/** The entries from which a module is reached. */
function entriesAbove(
  id: string,
  graph: Graph,
  importersOf: (module: Module) => readonly string[],
): string[] {
  const seen = new Set([id]);
  for (const each of seen) {
    const module = graph.getModuleInfo(each);
    for (const importer of module ? importersOf(module) : []) seen.add(importer);
  }
  return [...seen].filter((each) => graph.getModuleInfo(each)?.isEntry);
}
