/** Writes `src/generated` and the errors page from `definitions`: `npm run generate -w packages/protocol`. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { protocolErrors } from '../src/errors.ts';
import { emitErrorPage } from './emit-error-page.ts';

import { generateSources } from './generate-sources.ts';

const packageFolder = dirname(import.meta.dirname);
const target = join(packageFolder, 'src/generated');
const sources = generateSources(join(packageFolder, 'definitions'));

mkdirSync(join(target, 'messages'), { recursive: true });
for (const name of readdirSync(join(target, 'messages'))) {
  if (!sources.has(`messages/${name}`)) rmSync(join(target, 'messages', name));
}
const errorsText = readFileSync(join(packageFolder, 'definitions/errors.def'), 'utf8');
const errorPage = emitErrorPage(Object.values(protocolErrors), errorsText);
writeFileSync(join(packageFolder, '../../docs/reference/protocol-errors.md'), errorPage);
for (const [path, text] of sources) writeFileSync(join(target, path), text);
process.stdout.write(`${sources.size} files written to ${target}\n`);
