#!/usr/bin/env node
// Plain old JavaScript up to the version check, so that an old Node prints a sentence instead of a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number);

if (!((major === 22 && minor >= 22) || (major === 24 && minor >= 12) || major >= 26)) {
  process.stderr.write(`millrace needs Node ^22.22, ^24.12 or >=26; this is ${process.versions.node}\n`);
  process.exitCode = 1;
} else {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  const { main } = await import('../dist/main.js');
  await main();
}
