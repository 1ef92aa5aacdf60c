import { posix } from 'node:path';
import { lineOf, type Check, type Finding, type SourceFile } from '../finding.ts';

/** What a package exports says what it is for, where an editor shows it: above its declaration. */
export const checkDocstrings: Check = (files) => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return files
    .filter(({ path }) => /^packages\/[^/]+\/src\/index\.ts$/.test(path))
    .flatMap((index) => exportsOf(index).flatMap(({ name, from }) => check(name, byPath.get(from))));
};

/** Names with the file that declares them; files may be passed on by another one. */
function exportsOf(index: SourceFile): { readonly name: string; readonly from: string }[] {
  return [...index.text.matchAll(/export (?:type )?\{([^}]*)\} from '(\.[^']+)'/g)].flatMap(
    ([, list = '', from = '']) => {
      const path = posix.join(posix.dirname(index.path), from);
      const names = list.split(',').map((item) =>
        item
          .trim()
          .replace(/^type /, '')
          .replace(/ as .*/, ''),
      );
      return names.filter((name) => /^\w+$/.test(name)).map((name) => ({ name, from: path }));
    },
  );
}

function check(name: string, file: SourceFile | undefined): Finding[] {
  if (file === undefined) return [];
  const declaration = new RegExp(
    `^export (?:abstract |async )*(?:class|interface|function|const|type) ${name}\\b`,
    'm',
  );
  const match = declaration.exec(file.text);
  if (match === null || file.text.slice(0, match.index).trimEnd().endsWith('*/')) return [];
  const message = `${name} is exported by the package; say above it what it is for`;
  return [{ path: file.path, line: lineOf(file.text, match.index), rule: 'docstring', message }];
}
