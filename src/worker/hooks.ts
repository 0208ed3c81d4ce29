/** What the first part of the worker lends. */
export interface WorkerHooks {
  /** Runs what a page may cancel, by the id of a key or a batch. */
  cancellable<T>(id: string, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Looks back first, once per life of the worker. */
  start(): Promise<void>;
  startAgain(): void;
  /** Ends what is under way as Cancel does. */
  cancelAndDrain(): Promise<void>;
}
