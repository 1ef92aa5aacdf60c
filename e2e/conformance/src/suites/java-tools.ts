import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { javaParameters } from '@millrace/apache-kafka-peer';
import type { RunningNode } from '../nodes/node.ts';
import { runProgram } from './run-program.ts';
import { startProgram, type StartedProgram } from './start-program.ts';

const HEAP = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
const PATIENCE_MS = 180_000;
/** Tools that take the address under another name, or not at all. */
const takesPropertyOnly = new Set(['ProducerPerformance']);

export interface ToolOptions {
  readonly input?: string;
}

/** Runs Kafka's command line tools against one node, and judges what they print. */
export class JavaTools {
  readonly bootstrapServers: string;
  readonly dataDirectory: string;
  readonly #folder: string;

  constructor(node: RunningNode, folder: string) {
    this.bootstrapServers = node.bootstrapServers;
    this.dataDirectory = node.dataDirectory;
    this.#folder = folder;
  }

  /** A file for a tool; what is no text is written as JSON. @returns its path */
  file(name: string, content: unknown): string {
    const path = join(this.#folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  /** The tool ends well and prints all of the texts, in any order. A tool of `org.apache.kafka.tools` goes by its name. */
  async expect(
    tool: string,
    parameters: readonly string[],
    ...wanted: readonly (string | ToolOptions)[]
  ): Promise<void> {
    const { texts, options } = split(wanted);
    const address = takesPropertyOnly.has(tool) ? [] : ['--bootstrap-server', this.bootstrapServers];
    const { status, output } = await this.#run(tool, [...address, ...parameters], options);
    if (status !== 0) throw new Error(`${tool} ended with ${status}: ${output.trim().slice(-1500)}`);
    requireTexts(tool, output, texts);
  }

  /** The same for tools that need no broker. */
  async expectPlain(tool: string, parameters: readonly string[], ...texts: readonly string[]): Promise<void> {
    const { status, output } = await this.#run(tool, parameters);
    if (status !== 0) throw new Error(`${tool} ended with ${status}: ${output.trim().slice(-1500)}`);
    requireTexts(tool, output, texts);
  }

  /** The tool fails and says why. */
  async refuse(tool: string, parameters: readonly string[], text: string): Promise<void> {
    const { status, output } = await this.#run(tool, [
      '--bootstrap-server',
      this.bootstrapServers,
      ...parameters,
    ]);
    if (status === 0) throw new Error(`${tool} did not fail: ${output.trim().slice(-500)}`);
    requireTexts(tool, output, [text]);
  }

  /** A folder for a program. */
  folder(name: string): string {
    return join(this.#folder, name);
  }

  /** Starts a program of one source file; ended, at the latest, when the check is. */
  start(file: string, parameters: readonly string[]): StartedProgram {
    return startProgram('java', javaParameters(file, parameters, HEAP));
  }

  async #run(tool: string, parameters: readonly string[], options: ToolOptions = {}) {
    const mainClass = /^(?:org|kafka)\./.test(tool) ? tool : `org.apache.kafka.tools.${tool}`;
    return await runProgram('java', javaParameters(mainClass, parameters, HEAP), {
      timeoutMs: PATIENCE_MS,
      ...(options.input === undefined ? {} : { input: options.input }),
    });
  }
}

function split(wanted: readonly (string | ToolOptions)[]): { texts: string[]; options: ToolOptions } {
  const texts = wanted.filter((item) => typeof item === 'string');
  const options = wanted.find((item) => typeof item !== 'string') ?? {};
  return { texts, options };
}

function requireTexts(tool: string, output: string, texts: readonly string[]): void {
  const missing = texts.filter((text) => !output.includes(text));
  if (missing.length > 0) {
    throw new Error(`${tool} does not print "${missing.join('", "')}": ${output.trim().slice(-1500)}`);
  }
}
