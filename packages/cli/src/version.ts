import { createRequire } from 'node:module';

const manifest = createRequire(import.meta.url)('@millrace/cli/package.json') as { readonly version: string };

/** The version of this package, as `millrace --version` prints it. */
export const cliVersion = manifest.version;
