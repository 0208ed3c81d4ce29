/** A place in the groups as the user finds it in config.yaml: the first group is 1. */
export type ShownPlace = {
  family: string;
  /** Such as `2: keys[0].note`. */
  place: string;
};

/** What to know of config.yaml before a write of CLIProxyAPI 8. */
export type FileNotice =
  /** The write turns all of it into the layout of 8.x. */
  | { kind: 'converts' }
  /** The same, if the layout that could not be told is partly that one. */
  | { kind: 'may-convert' }
  /** The same where the file cannot be seen, so that KeyFerry keeps none of before either. */
  | { kind: 'unseen' }
  /** There is more in it than is loaded: the write has all of it loaded. */
  | { kind: 'ahead' }
  /** A field that 8.0 does not know: a server that does not know it either refuses every write. */
  | ({ kind: 'unknown-field' } & ShownPlace)
  /** Not text, so that the list is not written. */
  | ({ kind: 'not-text' } & ShownPlace);
