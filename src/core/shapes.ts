import * as v from 'valibot';

/** An object of any names, all with values of one kind. */
export const mapOf = <T extends v.GenericSchema>(value: T) => v.record(v.string(), value);

/**
 * An object with these fields and any others. The checker takes a list for an object too, which matters where all fields
 * may be missing: a list in the place of an object is a reply that was not understood.
 */
export const openObject = <T extends v.ObjectEntries>(entries: T) => v.pipe(noList, v.looseObject(entries));

const noList = v.custom<Record<string, unknown>>((value) => !Array.isArray(value));
