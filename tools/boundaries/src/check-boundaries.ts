/**
 * Runs Nx's module boundary rule through oxlint.
 *
 * The rule needs a cached project graph: without one it prints "The rule will be skipped" and passes, and so would this
 * check. Hence three steps: write the graph; lint a fixture that breaks the rule, which must fail; lint the packages,
 * which must pass and must not have skipped.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { layerConstraints } from './layers.ts';

const root = resolve(import.meta.dirname, '../../..');
const scratch = mkdtempSync(join(tmpdir(), 'millrace-boundaries-'));

try {
  run('nx', ['graph', `--file=${join(scratch, 'graph.json')}`]);
  const config = writeConfig();
  const fixture = lint(config, 'tools/boundaries/fixtures/forbidden-arrow/src');
  if (fixture.status === 0 || !fixture.output.includes('layer:host')) {
    fail(
      `The fixture with a forbidden import was let through, so the check checks nothing:\n${fixture.output}`,
    );
  }
  const tree = lint(config, 'packages', 'apps');
  if (tree.status !== 0) fail(tree.output);
  process.stdout.write('Boundaries hold: the fixture was refused, the packages were not.\n');
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function writeConfig(): string {
  const path = join(root, 'tools/boundaries/.oxlintrc.generated.json');
  const rule = [
    'error',
    {
      enforceBuildableLibDependency: false,
      allow: [],
      // The command line loads the client and the broker when a command needs them.
      checkDynamicDependenciesExceptions: ['.*'],
      depConstraints: layerConstraints,
    },
  ];
  const config = {
    jsPlugins: ['@nx/oxlint/boundaries-plugin'],
    categories: { correctness: 'off' },
    rules: { '@nx/enforce-module-boundaries': rule },
    overrides: [
      {
        // Tests and benchmarks, and the folders of what only they use, may stand on anything.
        files: [
          '**/*.test.ts',
          '**/*.bench.ts',
          '**/vitest.config.ts',
          '**/src/**/testing/**',
          '**/bench/**',
          '**/e2e/**',
          '**/generator/**',
        ],
        rules: { '@nx/enforce-module-boundaries': 'off' },
      },
    ],
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}

function lint(config: string, ...folders: string[]) {
  const linted = spawn('oxlint', ['-c', config, '--no-ignore', ...folders]);
  if (linted.output.includes('will be skipped'))
    fail(`The rule was skipped for want of a project graph:\n${linted.output}`);
  return linted;
}

function run(command: string, parameters: readonly string[]): void {
  const { status, output } = spawn(command, parameters);
  if (status !== 0) fail(output);
}

function spawn(command: string, parameters: readonly string[]) {
  const { error, status, stdout, stderr } = spawnSync(command, parameters, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NX_DAEMON: 'false' },
  });
  if (error !== undefined) fail(`${command} cannot be run; nx run puts it in PATH: ${error.message}`);
  return { status, output: stdout + stderr };
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  rmSync(scratch, { recursive: true, force: true });
  process.exit(1);
}
