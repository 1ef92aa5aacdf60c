import ts from 'typescript';
import {
  isFixture,
  isGenerated,
  isTest,
  isTypeScript,
  lineOf,
  type Check,
  type Finding,
  type SourceFile,
} from '../finding.ts';

export const MAX_FILE_LINES = 600;
export const MAX_FUNCTION_LINES = 70;
export const MAX_PARAMETERS = 5;

/** `// tidy: long because <reason>` above a function lets it pass; how many may do so is a ratchet. */
const exception = /\/\/ tidy: long because \S+/;

export const checkSizes: Check = (files) => files.filter(counts).flatMap(findingsOf);

/** How many functions are excused, for the ratchet. */
export function countExceptions(files: readonly SourceFile[]): number {
  return files.filter(counts).reduce((sum, file) => sum + file.text.split(exception).length - 1, 0);
}

function counts(file: SourceFile): boolean {
  return isTypeScript(file) && !isGenerated(file) && !isFixture(file) && !file.path.startsWith('tools/tidy/');
}

function findingsOf(file: SourceFile): Finding[] {
  const findings: Finding[] = [];
  const lines = file.text.split('\n').length - 1;
  if (lines > MAX_FILE_LINES) {
    findings.push({
      path: file.path,
      line: 0,
      rule: 'file-size',
      message: `${lines} lines, at most ${MAX_FILE_LINES}; split it by idea, not by part 1 and part 2`,
    });
  }
  if (isTest(file)) return findings;
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, false);
  visitFunctions(source, (node) => findings.push(...functionFindings(file, source, node)));
  return findings;
}

function visitFunctions(source: ts.SourceFile, visit: (node: ts.FunctionLikeDeclaration) => void): void {
  const walk = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      visit(node);
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
}

function functionFindings(
  file: SourceFile,
  source: ts.SourceFile,
  node: ts.FunctionLikeDeclaration,
): Finding[] {
  const findings: Finding[] = [];
  const start = node.getStart(source);
  const at = { path: file.path, line: lineOf(file.text, start) };
  const lines = lineOf(file.text, node.end) - at.line + 1;
  if (lines > MAX_FUNCTION_LINES && !exception.test(file.text.slice(node.pos, start))) {
    findings.push({
      ...at,
      rule: 'function-size',
      message: `${nameOf(node, source)} has ${lines} lines, at most ${MAX_FUNCTION_LINES}; name its steps as functions`,
    });
  }
  if (node.parameters.length > MAX_PARAMETERS) {
    findings.push({
      ...at,
      rule: 'parameters',
      message: `${nameOf(node, source)} takes ${node.parameters.length}, at most ${MAX_PARAMETERS}; use an options object`,
    });
  }
  return findings;
}

function nameOf(node: ts.FunctionLikeDeclaration, source: ts.SourceFile): string {
  return node.name === undefined ? 'a function' : node.name.getText(source);
}
