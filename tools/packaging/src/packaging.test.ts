import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishablePackages, repositoryRoot } from './publishable.ts';

const packages = publishablePackages();
const scratch = mkdtempSync(join(tmpdir(), 'millrace-packaging-'));
const project = join(scratch, 'consumer');

/** A project of a user who has nothing but our tarballs: no workspace, no source condition, no type stripping. */
beforeAll(() => {
  const tarballs = join(scratch, 'tarballs');
  mkdirSync(tarballs);
  mkdirSync(project);
  run(
    'npm',
    ['pack', '--silent', '--pack-destination', tarballs, ...packages.map(({ folder }) => folder)],
    repositoryRoot,
  );
  writeFileSync(join(project, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n');
  const files = readdirSync(tarballs).map((file) => join(tarballs, file));
  run(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', ...files],
    project,
  );
}, 180_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('packages work from their tarballs alone', () => {
  test.each(packages.flatMap(({ entryPoints }) => entryPoints))(
    '%s is imported by an .mjs file',
    (entryPoint) => {
      const file = join(project, 'import.mjs');
      writeFileSync(
        file,
        `import * as entry from '${entryPoint}';\nconsole.log(Object.keys(entry).length);\n`,
      );
      expect(Number(run(process.execPath, [file], project))).toBeGreaterThan(0);
    },
  );

  test('a node is loaded from few modules, since each takes time to find, read and link', () => {
    const file = join(project, 'count-modules.mjs');
    writeFileSync(
      file,
      `import { registerHooks } from 'node:module';
      let count = 0;
      registerHooks({ load: (url, context, next) => (url.startsWith('file:') && count++, next(url, context)) });
      await import('@millrace/broker');
      console.log(count);\n`,
    );
    expect(Number(run(process.execPath, [file], project))).toBeLessThan(150);
  });

  test('every entry point is imported by an .mts file and type-checks against the published types', () => {
    const lines = packages
      .flatMap(({ entryPoints }) => entryPoints)
      .map(
        (entryPoint, index) =>
          `import * as entry${index} from '${entryPoint}';\nexport const size${index} = Object.keys(entry${index}).length;`,
      );
    writeFileSync(join(project, 'import.mts'), `${lines.join('\n')}\n`);
    const tsc = join(repositoryRoot, 'node_modules/.bin/tsc');
    const types = join(repositoryRoot, 'node_modules/@types');
    const flags = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--lib',
      'es2024,esnext.disposable',
    ];
    run(tsc, [...flags, '--typeRoots', types, '--types', 'node', 'import.mts'], project);
  });

  test('no tarball carries sources, tests or build information', () => {
    for (const { name } of packages) {
      const files = readdirSync(join(project, 'node_modules', name), { recursive: true, encoding: 'utf8' });
      expect(files.filter((file) => /\.test\.|\.tsbuildinfo$|^src\//.test(file))).toEqual([]);
      expect(files).toContain('README.md');
    }
  });
});

function run(command: string, parameters: readonly string[], cwd: string): string {
  try {
    return execFileSync(command, parameters, { cwd, encoding: 'utf8', stdio: 'pipe' });
  } catch (cause) {
    const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${parameters.join(' ')} failed in ${cwd}:\n${stdout}${stderr}`, { cause });
  }
}
