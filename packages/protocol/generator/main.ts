/** Writes `src/generated` from `definitions`: `npm run generate -w packages/protocol`. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { generateSources } from './generate-sources.ts';

const packageFolder = dirname(import.meta.dirname);
const target = join(packageFolder, 'src/generated');
const sources = generateSources(join(packageFolder, 'definitions'));

mkdirSync(join(target, 'messages'), { recursive: true });
for (const name of readdirSync(join(target, 'messages'))) {
  if (!sources.has(`messages/${name}`)) rmSync(join(target, 'messages', name));
}
for (const [path, text] of sources) writeFileSync(join(target, path), text);
process.stdout.write(`${sources.size} files written to ${target}\n`);
