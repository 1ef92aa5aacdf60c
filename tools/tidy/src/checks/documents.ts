import { posix } from 'node:path';
import { isFixture, lineOf, type Check, type Finding, type SourceFile } from '../finding.ts';

/** One top heading per page, no dead link inside the repository, no script that there is not. */
export const checkDocuments: Check = (files) => {
  const known = new Set(files.flatMap((file) => withFolders(file.path)));
  const scripts = scriptsByFolder(files);
  return files
    .filter((file) => file.path.endsWith('.md') && !isFixture(file))
    .flatMap((file) => [...checkHeading(file), ...checkLinks(file, known), ...checkScripts(file, scripts)]);
};

function checkHeading(file: SourceFile): Finding[] {
  const headings = withoutCode(file.text).match(/^# .+$/gm)?.length ?? 0;
  if (headings === 1) return [];
  return [
    { path: file.path, line: 0, rule: 'document', message: `${headings} top headings; a page has one` },
  ];
}

function checkLinks(file: SourceFile, known: ReadonlySet<string>): Finding[] {
  return [...withoutCode(file.text).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)]
    .filter(
      (match) =>
        !known.has(posix.normalize(posix.join(posix.dirname(file.path), match[1]!)).replace(/\/$/, '')),
    )
    .map((match) => ({
      path: file.path,
      line: lineOf(file.text, match.index),
      rule: 'document',
      message: `link to ${match[1]}, which does not exist`,
    }));
}

/** `npm run` with the scripts of the root, or with those of a workspace after `-w`. */
function checkScripts(file: SourceFile, scripts: ReadonlyMap<string, ReadonlySet<string>>): Finding[] {
  const findings: Finding[] = [];
  for (const match of file.text.matchAll(/(?:^|`|&& |\$ )npm run ([\w:-]+)(?: -w ([\w./-]+))?/gm)) {
    const [, script = '', folder = '.'] = match;
    if (scripts.get(folder)?.has(script) === true) continue;
    const message = `npm run ${script}, which is no script of ${folder}/package.json`;
    findings.push({ path: file.path, line: lineOf(file.text, match.index), rule: 'document', message });
  }
  return findings;
}

function scriptsByFolder(files: readonly SourceFile[]): Map<string, ReadonlySet<string>> {
  const manifests = files.filter(({ path }) => posix.basename(path) === 'package.json');
  return new Map(
    manifests.map(({ path, text }) => {
      const { scripts = {} } = JSON.parse(text) as { readonly scripts?: object };
      return [posix.dirname(path), new Set(Object.keys(scripts))];
    }),
  );
}

function withoutCode(text: string): string {
  return text.replace(/^```[^]*?^```/gm, (code) => code.replace(/[^\n]/g, ' '));
}

function withFolders(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
