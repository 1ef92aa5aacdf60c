import { InvalidSchemaError } from '../../errors.ts';
import type { JsonNode } from '../../json-text/json-node.ts';
import { parseJson } from '../../json-text/json-parser.ts';
import { placeOfOffset } from '../../json-text/text-place.ts';

/** The text of a schema as a tree, and errors that say where in it. */
export class SchemaText {
  readonly root: JsonNode;
  readonly #text: string;

  /** Comments as in Java are blanks, as the Java parser takes them. @throws InvalidSchemaError for a text that is no JSON */
  constructor(text: string) {
    this.#text = text.includes('//') || text.includes('/*') ? blankComments(text) : text;
    this.root = parseJson(this.#text);
  }

  /** An error about the part of the schema that a JSON pointer and a node of the tree name. */
  error(problem: string, path: string, node: JsonNode): InvalidSchemaError {
    return new InvalidSchemaError(problem, { path, ...placeOfOffset(this.#text, node.offset) });
  }
}

/** Blanks in place of comments, so that lines and columns stay what they are. */
function blankComments(text: string): string {
  const parts = /"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\//g;
  return text.replace(parts, (part) => (part.startsWith('"') ? part : part.replaceAll(/[^\n]/g, ' ')));
}
