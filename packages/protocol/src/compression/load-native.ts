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
