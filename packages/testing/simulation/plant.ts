// Loaded before the simulation: `node --import ./simulation/plant.ts`, and `--planted NAME` behind the program.
// The module that a patch is for is loaded as the patch makes it; nothing on the disk changes.
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { plantedBugs } from '../src/simulation/planted/planted-bugs.ts';

const root = resolve(import.meta.dirname, '../../..');
const { values } = parseArgs({ options: { planted: { type: 'string' } }, strict: false });
const name = values.planted;
const bug = plantedBugs.find((candidate) => candidate.name === name);
if (bug === undefined) throw new Error(`There is no planted bug ${String(name)}`);
const byUrl = Map.groupBy(bug.patches, ({ file }) => pathToFileURL(resolve(root, file)).href);

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const patches = byUrl.get(url);
    if (patches === undefined) return loaded;
    let source = Buffer.from(loaded.source as Uint8Array).toString();
    for (const { find, replace, file } of patches) {
      if (!source.includes(find)) throw new Error(`${file} has no "${find}"`);
      source = source.replace(find, () => replace);
    }
    process.stderr.write(`planted ${bug.name} in ${url}\n`);
    return { ...loaded, source };
  },
});
