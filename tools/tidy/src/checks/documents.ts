import { posix } from 'node:path';
import { isFixture, lineOf, type Check, type Finding, type SourceFile } from '../finding.ts';

/** One top heading per page, no dead link inside the repository. */
export const checkDocuments: Check = (files) => {
  const known = new Set(files.flatMap((file) => withFolders(file.path)));
  return files
    .filter((file) => file.path.endsWith('.md') && !isFixture(file))
    .flatMap((file) => [...checkHeading(file), ...checkLinks(file, known)]);
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

function withoutCode(text: string): string {
  return text.replace(/^```[^]*?^```/gm, (code) => code.replace(/[^\n]/g, ' '));
}

function withFolders(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
