/** What decides whether a removal and another one took out equal entries. */
interface Removal {
  /** When it was written, and taken back; milliseconds since 1970. */
  at: number;
  undoneAt: number | null;
  proxyRoot: string;
  list: string;
  before: string | null;
  after: string | null;
}

/**
 * How many equal entries, taken out before this one, came back after it by an undo of ours: they were not there when it was
 * counted how many it left.
 */
export const twinsBack = (records: readonly Removal[], removal: Removal): number =>
  records.filter(
    (other) =>
      removal.after === null &&
      other.after === null &&
      other.before === removal.before &&
      other.list === removal.list &&
      other.proxyRoot === removal.proxyRoot &&
      other.at < removal.at &&
      other.undoneAt !== null &&
      other.undoneAt > removal.at,
  ).length;
