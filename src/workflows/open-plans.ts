/** What open dialogs rest on, by the id of the dialog, so that typing asks no server. Lost with the worker. */
export interface OpenPlans<T> {
  get(id: string): T | undefined;
  set(id: string, value: T): unknown;
}
