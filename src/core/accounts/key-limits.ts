/**
 * Splits what a relay lists by what it lets the key use; `limits` null: everything. One Hub lists all models to every key
 * and answers 404 to chats outside its limits (seen on running servers). Names are compared as the relay writes them.
 */
export function splitByLimits(
  names: readonly string[],
  limits: readonly string[] | null,
): { names: string[]; barred: string[] } {
  const usable = limits && new Set(limits);
  const may = (name: string): boolean => !usable || usable.has(name);
  return { names: names.filter(may), barred: names.filter((name) => !may(name)) };
}
