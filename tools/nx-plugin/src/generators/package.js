import { readJson, updateJson, writeJson } from '@nx/devkit';

const version = '0.1.0';

/**
 * Writes a package that builds, type-checks, tests and passes the tidy test as it stands. The arrows of a new room are
 * a decision, so `tools/tidy/src/checks/arrows.ts` is left to its author; until then the tidy test names the package.
 *
 * @param {import('@nx/devkit').Tree} tree
 * @param {{ name: string, description: string, dependsOn?: string[] }} options
 */
export default function packageGenerator(tree, { name, description, dependsOn = [] }) {
  const root = `packages/${name}`;
  if (tree.exists(`${root}/package.json`)) throw new Error(`${root} exists already`);
  const unknown = dependsOn.filter((dependency) => !tree.exists(`packages/${dependency}/package.json`));
  if (unknown.length > 0) throw new Error(`No such package: ${unknown.join(', ')}`);

  writeJson(tree, `${root}/package.json`, manifest(tree, name, description, dependsOn));
  writeJson(tree, `${root}/tsconfig.json`, {
    files: [],
    include: [],
    references: [{ path: './tsconfig.lib.json' }, { path: './tsconfig.test.json' }],
  });
  writeJson(tree, `${root}/tsconfig.lib.json`, {
    extends: '../../tsconfig.base.json',
    compilerOptions: {
      rootDir: 'src',
      outDir: 'dist',
      tsBuildInfoFile: 'dist/.tsbuildinfo',
      emitDeclarationOnly: true,
    },
    include: ['src/**/*.ts'],
    exclude: ['src/**/*.test.ts', 'src/**/*.bench.ts', 'src/**/testing/**'],
    references: dependsOn.map((dependency) => ({ path: `../${dependency}/tsconfig.lib.json` })),
  });
  writeJson(tree, `${root}/tsconfig.test.json`, {
    extends: '../../tsconfig.base.json',
    compilerOptions: { composite: false, noEmit: true, declaration: false, declarationMap: false },
    include: ['src/**/*.ts', 'bench/**/*.ts'],
  });
  tree.write(`${root}/vitest.config.ts`, `export { default } from '../../vitest.shared.ts';\n`);
  tree.write(
    `${root}/README.md`,
    `# @millrace/${name}\n\n${description}\n\n\`\`\`sh\nnpm install @millrace/${name}\n\`\`\`\n`,
  );
  tree.write(
    `${root}/src/index.ts`,
    `/**\n * ${description}\n *\n * @packageDocumentation\n */\nexport {};\n`,
  );
  addToPackagingTest(tree, name);
}

function manifest(tree, name, description, dependsOn) {
  const { engines } = readJson(tree, 'package.json');
  return {
    name: `@millrace/${name}`,
    version,
    description,
    license: 'Apache-2.0',
    type: 'module',
    engines,
    sideEffects: false,
    exports: {
      './package.json': './package.json',
      '.': { '@millrace/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
    },
    files: ['dist', '!dist/**/*.tsbuildinfo'],
    ...(dependsOn.length === 0
      ? {}
      : {
          dependencies: Object.fromEntries(
            dependsOn.map((dependency) => [`@millrace/${dependency}`, `^${version}`]),
          ),
        }),
    nx: { tags: [`layer:${name}`] },
    publishConfig: { access: 'public' },
  };
}

function addToPackagingTest(tree, name) {
  const path = 'tools/packaging/package.json';
  if (!tree.exists(path)) return;
  updateJson(tree, path, (json) => {
    const all = { ...json.devDependencies, [`@millrace/${name}`]: `^${version}` };
    const sorted = Object.entries(all).toSorted(([a], [b]) => a.localeCompare(b));
    return { ...json, devDependencies: Object.fromEntries(sorted) };
  });
}
