import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where packages are unpacked; not part of the repository. */
const FOLDER = fileURLToPath(new URL('../../../.millrace/conformance/', import.meta.url));

/** The files of an npm package, unpacked but not installed: nothing of it runs. */
export function npmPackage(name: string, version: string): string {
  return unpacked(`${name.replaceAll(/[@/]/g, '-')}-${version}`, (folder) =>
    run('npm', ['pack', '--silent', '--pack-destination', folder, `${name}@${version}`]),
  );
}

/** The files of the source distribution of a Python package. */
export function pythonSources(name: string, version: string): string {
  return unpacked(`${name}-${version}-sources`, (folder) =>
    run('pip', [
      'download',
      '--quiet',
      '--no-deps',
      '--no-binary',
      name,
      '--dest',
      folder,
      `${name}==${version}`,
    ]),
  );
}

function unpacked(folderName: string, download: (folder: string) => void): string {
  const folder = join(FOLDER, folderName);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.partial`;
  mkdirSync(partial, { recursive: true });
  download(partial);
  const archive = readdirSync(partial).find((name) => /\.(?:tgz|tar\.gz|whl)$/.test(name));
  if (archive === undefined) throw new Error(`${folderName} did not come as an archive`);
  if (archive.endsWith('.whl')) run('python3', ['-m', 'zipfile', '-e', join(partial, archive), partial]);
  else run('tar', ['xzf', join(partial, archive), '-C', partial]);
  renameSync(partial, folder);
  return folder;
}

function run(program: string, parameters: readonly string[]): void {
  execFileSync(program, parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The files of a built Python package. */
export function pythonPackage(name: string, version: string): string {
  const requirement = `${name}==${version}`;
  return unpacked(`${name}-${version}`, (folder) =>
    run('pip', ['download', '--quiet', '--no-deps', '--only-binary', ':all:', '--dest', folder, requirement]),
  );
}
