import * as v from 'valibot';

declare const reply: unique symbol;
/** The schema of a message's input, which carries the type of the answer. */
type Message<E extends v.ObjectEntries, R> = v.ObjectSchema<E, undefined> & { readonly [reply]: R };
export type ReplyOf<M> = M extends { readonly [reply]: infer R } ? R : never;

/** A message that is answered with an `R`, by the fields of its input. */
export const answers =
  <R>() =>
  <const E extends v.ObjectEntries>(fields: E): Message<E, R> =>
    v.object(fields) as Message<E, R>;

/** A message whose answer only says that it is done. */
export const done = answers<true>();
