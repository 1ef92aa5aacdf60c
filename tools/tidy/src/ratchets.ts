import { countExceptions } from './checks/sizes.ts';
import { isGenerated, isTest, isTypeScript, type SourceFile } from './finding.ts';

/** Numbers that may only fall: raising one means changing baseline.json in the same commit, where a reader sees it. */
export interface Ratchets {
  readonly longFunctions: number;
  readonly lintSuppressions: number;
  readonly expectErrors: number;
}

export function measureRatchets(files: readonly SourceFile[]): Ratchets {
  const code = files.filter(
    (file) => isTypeScript(file) && !isGenerated(file) && !file.path.startsWith('tools/tidy/'),
  );
  return {
    longFunctions: countExceptions(code),
    lintSuppressions: count(code, /(?:oxlint|eslint)-disable/g),
    expectErrors: count(
      // In a test it says that a line must not compile, and fails when it does.
      code.filter((file) => !isTest(file)),
      /@ts-expect-error/g,
    ),
  };
}

function count(files: readonly SourceFile[], pattern: RegExp): number {
  return files.reduce((sum, file) => sum + (file.text.match(pattern)?.length ?? 0), 0);
}
