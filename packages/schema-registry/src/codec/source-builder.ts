import { compileFunction } from 'node:vm';

/** Puts JavaScript source together: names that nobody else has, constants from outside, functions, one of which is the result. */
export class SourceBuilder {
  readonly #constants: unknown[] = [];
  readonly #functions: string[] = [];
  #names = 0;

  /** A name that is used once. */
  name(word: string): string {
    this.#names += 1;
    return `${word}${this.#names}`;
  }

  /** Several of them. */
  names<const W extends readonly string[]>(...words: W): { [K in keyof W]: string } {
    return words.map((word) => this.name(word)) as { [K in keyof W]: string };
  }

  /** The name of a value from outside. */
  constant(value: unknown): string {
    const known = this.#constants.indexOf(value);
    if (known !== -1) return `constant${known}`;
    this.#constants.push(value);
    return `constant${this.#constants.length - 1}`;
  }

  /** Adds a function. Nothing of a schema may be in its source but what went through `JSON.stringify` or is a number. */
  define(source: string): void {
    this.#functions.push(source);
  }

  /** The function of that name. */
  compile(name: string): unknown {
    const parameters = this.#constants.map((_, index) => `constant${index}`);
    const source = `'use strict';\n${this.#functions.join('\n')}\nreturn ${name};`;
    // As `new Function`, but allowed where making code from strings is switched off.
    const make = compileFunction(source, parameters) as (...constants: unknown[]) => unknown;
    return make(...this.#constants);
  }
}
