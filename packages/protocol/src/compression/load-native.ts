import { createRequire } from 'node:module';

/**
 * A package with a prebuilt binary, or undefined where it has none for this platform or was not
 * installed. The caller says what it uses of it.
 */
export function loadNative(packageName: string): unknown {
  try {
    return createRequire(import.meta.url)(packageName);
  } catch {
    return undefined;
  }
}

/**
 * The same on first use, once: loading a binary takes milliseconds, which a process that never compresses should not
 * spend at its start.
 */
export function nativeOnFirstUse(packageName: string): () => unknown {
  let loaded: { readonly native: unknown } | undefined;
  return () => (loaded ??= { native: loadNative(packageName) }).native;
}
