import type { Check, Finding } from '../finding.ts';

/** The TypeScript project references of a package are its dependencies among ours, no more and no fewer. */
export const checkReferences: Check = (files) => {
  const byPath = new Map(files.map((file) => [file.path, file.text]));
  return [...byPath.keys()].flatMap((path) => {
    const folder = /^(packages\/[^/]+)\/package\.json$/.exec(path)?.[1];
    const tsconfig = folder === undefined ? undefined : byPath.get(`${folder}/tsconfig.lib.json`);
    if (folder === undefined || tsconfig === undefined) return [];
    const expected = ownDependencies(byPath.get(path)!);
    const actual = [...tsconfig.matchAll(/"path": "\.\.\/([^"/]+)/g)].map((match) => match[1]!).toSorted();
    if (expected.join() === actual.join()) return [];
    const message = `references [${actual.join()}], dependencies [${expected.join()}]; run npx nx sync`;
    return [{ path: `${folder}/tsconfig.lib.json`, line: 0, rule: 'references', message } satisfies Finding];
  });
};

function ownDependencies(manifest: string): string[] {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(manifest) as Record<
    string,
    Record<string, string>
  >;
  return Object.keys({ ...dependencies, ...devDependencies })
    .flatMap((name) => (name.startsWith('@millrace/') ? name.slice('@millrace/'.length) : []))
    .toSorted();
}
