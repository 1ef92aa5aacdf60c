import { isTest, type Check, type Finding, type SourceFile } from '../finding.ts';

/** Packages that keep a DESIGN.md with a file map. */
const corePackages = [
  'protocol',
  'log',
  'replication',
  'broker',
  'client',
  'host',
  'streams',
  'connect',
  'schema-registry',
  'sql',
];

/** What a stranger finds in every package: README, a documented index, tests beside handlers, a true file map. */
export const checkStructure: Check = (files) => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const packages = [...byPath.keys()].flatMap(
    (path) => /^packages\/([^/]+)\/package\.json$/.exec(path)?.[1] ?? [],
  );
  return packages.flatMap((name) => [
    ...checkReadme(name, byPath),
    ...checkIndex(name, byPath),
    ...checkManifest(name, byPath),
    ...checkHandlers(name, byPath),
    ...(corePackages.includes(name) ? checkFileMap(name, byPath) : []),
  ]);
};

type Tree = ReadonlyMap<string, SourceFile>;

function checkReadme(name: string, tree: Tree): Finding[] {
  const path = `packages/${name}/README.md`;
  return tree.has(path) ? [] : [missing(path, 'a README.md: claim, install, an example that a test runs')];
}

function checkIndex(name: string, tree: Tree): Finding[] {
  const path = `packages/${name}/src/index.ts`;
  const text = tree.get(path)?.text ?? '';
  if (/^\/\*\*[^]*?@packageDocumentation/.test(text)) return [];
  return [missing(path, 'a module comment with @packageDocumentation and one runnable example')];
}

function checkManifest(name: string, tree: Tree): Finding[] {
  const path = `packages/${name}/package.json`;
  const manifest = JSON.parse(tree.get(path)!.text) as {
    nx?: { tags?: string[] };
    engines?: { node?: string };
    license?: string;
    private?: boolean;
    dependencies?: Record<string, string>;
  };
  const findings: Finding[] = [];
  if (manifest.nx?.tags?.includes(`layer:${name}`) !== true)
    findings.push(missing(path, `the Nx tag layer:${name}`));
  if (manifest.engines?.node !== '^22.22 || ^24.12 || >=26')
    findings.push(missing(path, 'the engines range of the root'));
  if (manifest.license !== 'Apache-2.0') findings.push(missing(path, 'the licence Apache-2.0'));
  for (const [dependency, range] of Object.entries(manifest.dependencies ?? {})) {
    if (range === '*')
      findings.push(missing(path, `a real range for ${dependency}, nx release leaves * as it is`));
  }
  return findings;
}

function checkHandlers(name: string, tree: Tree): Finding[] {
  return [...tree.keys()]
    .filter((path) => path.startsWith(`packages/${name}/src/apis/`) && /\/\d\d-[^/]+\.ts$/.test(path))
    .filter((path) => !path.endsWith('.test.ts') && !tree.has(path.replace(/\.ts$/, '.test.ts')))
    .map((path) => missing(path, 'a test beside it that drives its lowest and highest version'));
}

function checkFileMap(name: string, tree: Tree): Finding[] {
  const path = `packages/${name}/DESIGN.md`;
  const design = tree.get(path)?.text;
  if (design === undefined) return [missing(path, 'a DESIGN.md with a file map')];
  const root = `packages/${name}/src/`;
  const sources = [...tree.values()]
    .filter((file) => file.path.startsWith(root) && file.path.endsWith('.ts') && !isTest(file))
    .map((file) => file.path.slice(root.length))
    .filter(
      (file) =>
        !file.startsWith('generated/') && !file.includes('/generated/') && !file.includes('/fixtures/'),
    );
  const absent = sources
    .filter((file) => !design.includes(`\`${file}\``))
    .map((file) => missing(path, `\`${file}\` in its file map`));
  const dead = [...design.matchAll(/^\|\s*`([\w./-]+\.ts)`/gm)]
    .map((match) => match[1]!)
    .filter((file) => !tree.has(root + file))
    .map((file) => ({
      path,
      line: 0,
      rule: 'structure',
      message: `the file map names \`${file}\`, which is gone`,
    }));
  return [...absent, ...dead];
}

function missing(path: string, what: string): Finding {
  return { path, line: 0, rule: 'structure', message: `lacks ${what}` };
}
