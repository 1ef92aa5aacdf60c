/** The name of a schema: its own part, the namespace, and both together. */
export interface AvroName {
  readonly simple: string;
  /** Undefined for the null namespace. */
  readonly namespace: string | undefined;
  readonly full: string;
}

/** A name as a text gives it: a dotted one brings its namespace along, another one takes the one it stands in. */
export function avroName(text: string, namespace: string | undefined): AvroName {
  const dot = text.lastIndexOf('.');
  const simple = text.slice(dot + 1);
  const own = dot === -1 ? namespace : text.slice(0, dot);
  const space = own === '' ? undefined : own;
  return { simple, namespace: space, full: space === undefined ? simple : `${space}.${simple}` };
}

/** A name as the specification wants it: letters of ASCII, digits and underscores, no digit first. */
export function isValidName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}

/**
 * A namespace that can be told apart from a name. The specification asks for names between the dots; serializers of the
 * Java line take hyphens and dollar signs too, and texts with them are in use.
 */
export function isValidNamespace(text: string): boolean {
  return text.split('.').every((part) => /^[\w$-]+$/.test(part));
}
