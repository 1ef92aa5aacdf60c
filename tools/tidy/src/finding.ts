/** One broken rule: where, what, and the way out. */
export interface Finding {
  readonly path: string;
  /** 1-based; 0 when the finding is about the whole file. */
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

export interface SourceFile {
  /** Relative to the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A rule looks at the whole tree at once, so that it can compare files. */
export type Check = (files: readonly SourceFile[]) => Finding[];

export function formatFinding(finding: Finding): string {
  const place = finding.line === 0 ? finding.path : `${finding.path}:${finding.line}`;
  return `${place}: ${finding.rule}: ${finding.message}`;
}

export function lineOf(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

export const isTypeScript = (file: SourceFile): boolean => file.path.endsWith('.ts');
export const isGenerated = (file: SourceFile): boolean => file.path.includes('/generated/');
export const isFixture = (file: SourceFile): boolean => file.path.includes('/fixtures/');
/** Scripts of tools/compare are scenes, as tests are. */
export const isTest = (file: SourceFile): boolean =>
  /\.(test|bench|script)\.ts$/.test(file.path) ||
  /\/(bench|testing-support)\/|\/src\/(.+\/)?testing\//.test(file.path);

/** The package folder a file belongs to, for example `packages/log`. */
export function packageOf(path: string): string | undefined {
  return /^(?:packages|plugins|apps|tools|e2e)\/[^/]+/.exec(path)?.[0];
}
