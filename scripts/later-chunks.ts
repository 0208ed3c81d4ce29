/** What the bundler tells of its modules, as far as it is asked here. */
interface Graph {
  getModuleInfo(id: string): { isEntry: boolean; importers: readonly string[] } | null;
}

/** What is loaded after a page has drawn, by where it lies. What fits none keeps a file of its own. */
const CHUNKS: readonly [RegExp, string][] = [
  [/src\/ui\/(?:options|aliases|channels|connection|history|new-api|sync)\//, 'pages'],
  [/src\/ui\/(?:accounts\/accounts-|entries\/list|keys\/(?:page|board|table))/, 'pages'],
  [/src\/ui\/(?!backup\/|paste\/)|lucide-react\//, 'dialogs'],
  [/src\/core\/(?!paste\/|backup\/)/, 'dialogs'],
];

/**
 * Packs what pages load later into a few files. Left alone, each module that two of them share becomes a file of its
 * own: a hundred files, of which each costs 130 bytes in the packed extension, packs worse and is a request more (34 KB in
 * all). What a page needs at once stays where it is, since a file is loaded whole.
 */
export function laterChunk(id: string, graph: Graph): string | null {
  const name = CHUNKS.find(([pattern]) => pattern.test(id))?.[1];
  return name !== undefined && isLater(id, graph) ? name : null;
}

/** Whether no page reaches it by static imports alone. */
function isLater(id: string, graph: Graph): boolean {
  const seen = new Set<string>();
  const queue = [id];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const info = graph.getModuleInfo(next);
    if (info?.isEntry) return false;
    queue.push(...(info?.importers ?? []));
  }
  return true;
}
