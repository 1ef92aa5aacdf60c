/** The address that a document without one of its own has: references inside it stay inside it. */
export const DEFAULT_ADDRESS = 'mem://millrace/';

/** A reference split at its fragment. */
export interface Address {
  /** Without the fragment. */
  readonly document: string;
  /** Percent-decoded, without `#`; empty for the whole document. */
  readonly fragment: string;
}

/** `reference` seen from `base` (RFC 3986). Texts that are no addresses are taken as they are. */
export function resolveAddress(reference: string, base: string): string {
  if (reference.startsWith('#')) return base.replace(/#.*$/s, '') + reference;
  try {
    return new URL(reference, base).href;
  } catch {
    return reference;
  }
}

/** The document and the fragment of an address. */
export function splitAddress(address: string): Address {
  const hash = address.indexOf('#');
  if (hash === -1) return { document: address, fragment: '' };
  const fragment = address.slice(hash + 1);
  return { document: address.slice(0, hash), fragment: percentDecoded(fragment) };
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
