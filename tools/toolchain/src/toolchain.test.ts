import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const bin = (name: string) => join(root, 'node_modules/.bin', name);

interface Lockfile {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly hasInstallScript?: boolean }>
  >;
}
const lockfile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lockfile;
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
};

describe('the tools are the ones we think they are', () => {
  test('tsc is TypeScript 7 while the API for other tools is 6', () => {
    expect(execFileSync(bin('tsc'), ['--version'], { encoding: 'utf8' })).toMatch(/^Version 7\./);
    const typescript = createRequire(import.meta.url)('typescript') as { version: string };
    expect(typescript.version).toMatch(/^6\./);
  });

  test('scripts run on a Node inside the engines range', () => {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    expect((major === 22 && minor >= 22) || (major === 24 && minor >= 12) || major >= 26).toBe(true);
  });

  test('every platform gets the same pinned Node from the lockfile', () => {
    const versions = Object.keys(manifest.optionalDependencies).map(
      (name) => lockfile.packages[`node_modules/${name}`]?.version,
    );
    expect(new Set(versions)).toEqual(new Set(['24.21.0']));
  });

  test('there is one version of Nx', () => {
    const nx = Object.entries(lockfile.packages).filter(([path]) =>
      /(^|\/)node_modules\/(nx|@nx\/[^/]+)$/.test(path),
    );
    const versions = nx.filter(([path]) => !path.includes('@nx/nx-')).map(([, entry]) => entry.version);
    expect(new Set(versions)).toEqual(new Set(['23.2.1']));
  });

  test('every package with an install script has been reviewed, and none is needed', () => {
    const carriers = Object.entries(lockfile.packages)
      .filter(([, entry]) => entry.hasInstallScript === true)
      .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
    for (const name of carriers) expect(manifest.allowScripts, name).toHaveProperty([name]);
    expect(Object.values(manifest.allowScripts)).not.toContain(true);
  });

  test('the guard stops an old Node with a sentence that says what to do', () => {
    const guard = readFileSync(join(root, 'tools/workspace/check-node.mjs'), 'utf8');
    const old = `Object.defineProperty(process.versions, 'node', { value: '20.20.2' });\n${guard}`;
    const result = spawnSync(process.execPath, ['--input-type=module', '-e', old], { encoding: 'utf8' });
    expect(result.status).toBe(1);
    expect(result.stderr).toContain('but this is Node 20.20.2');
  });

  test('every package folder is a workspace that Nx knows', () => {
    for (const folder of readdirSync(join(root, 'packages'))) {
      expect(lockfile.packages, folder).toHaveProperty([`packages/${folder}`]);
    }
  });
});
