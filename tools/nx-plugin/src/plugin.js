/**
 * Gives every package its tasks, so that a package.json never has to repeat them:
 *
 * | task      | what it runs                                        | where                                   |
 * |-----------|-----------------------------------------------------|-----------------------------------------|
 * | build     | `tsc --build`, sources to `dist`                    | with a `tsconfig.lib.json`, no exports  |
 * | build     | types by `tsc --build`, `join-modules.js` the rest  | with a `tsconfig.lib.json` and exports  |
 * | typecheck | `tsc --noEmit` over sources and tests, from sources | packages with a `tsconfig.test.json`    |
 * | test      | `vitest run`, from sources                          | packages with a `vitest.config.ts`      |
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const tasks = {
  'tsconfig.lib.json': {
    build: {
      command: 'tsc --build tsconfig.lib.json',
      options: { cwd: '{projectRoot}' },
      cache: true,
      dependsOn: ['^build'],
      inputs: ['production', '^production'],
      outputs: ['{projectRoot}/dist'],
    },
  },
  'tsconfig.test.json': {
    typecheck: {
      command: 'tsc -p tsconfig.test.json --noEmit',
      options: { cwd: '{projectRoot}' },
      cache: true,
      inputs: ['default', '^production'],
    },
  },
  'vitest.config.ts': {
    test: {
      command: 'vitest run',
      options: { cwd: '{projectRoot}' },
      cache: true,
      inputs: ['default', '^production'],
    },
  },
};

/** For packages that others import, so that they are a few modules. */
const joined = {
  ...tasks['tsconfig.lib.json'].build,
  command: 'tsc --build tsconfig.lib.json && node ../../tools/nx-plugin/src/join-modules.js',
  inputs: ['production', '^production', '{workspaceRoot}/tools/nx-plugin/src/join-modules.js'],
};

export const name = '@millrace/nx-plugin';

export const createNodesV2 = [
  '{packages,plugins,apps,tools,e2e}/*/package.json',
  (packageFiles, _options, context) =>
    packageFiles.map((file) => {
      const root = dirname(file);
      const targets = {};
      for (const [marker, inferred] of Object.entries(tasks)) {
        if (existsSync(join(context.workspaceRoot, root, marker))) Object.assign(targets, inferred);
      }
      const { exports } = JSON.parse(readFileSync(join(context.workspaceRoot, file), 'utf8'));
      if (targets.build !== undefined && exports !== undefined) targets.build = joined;
      return [file, { projects: { [root]: { targets } } }];
    }),
];
