import { InvalidSchemaError } from '../../errors.ts';

/** The text of a `.proto` file, which turns offsets into places. */
export class SourceText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** An error that names the line and column of `offset`, both from 1, a column per UTF-16 unit. */
  error(offset: number, problem: string): InvalidSchemaError {
    return new InvalidSchemaError(problem, this.placeOf(offset));
  }

  placeOf(offset: number): { readonly line: number; readonly column: number } {
    let line = 1;
    let lineStart = 0;
    for (let at = this.text.indexOf('\n'); at !== -1 && at < offset; at = this.text.indexOf('\n', at + 1)) {
      line += 1;
      lineStart = at + 1;
    }
    return { line, column: offset - lineStart + 1 };
  }
}
