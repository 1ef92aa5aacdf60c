import type { FileModel, SymbolModel } from './model.ts';

/** What a name stands for, or which name of an inner scope hid it. */
export interface Found {
  readonly symbol: SymbolModel | undefined;
  /** The full name that the innermost scope led to, where nothing is. */
  readonly hiddenBy?: string;
}

/** The names that a file sees: its own, those of its imports, and what these import publicly. */
export class Scope {
  readonly #files: readonly FileModel[];
  readonly #packages = new Set<string>();

  constructor(file: FileModel) {
    this.#files = visibleFiles(file);
    for (const { package: name } of this.#files) {
      for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1))
        this.#packages.add(name.slice(0, end));
    }
  }

  /** By the full name, without a dot at its start. */
  find(fullName: string): SymbolModel | undefined {
    for (const { symbols } of this.#files) {
      const symbol = symbols.get(fullName);
      if (symbol !== undefined) return symbol;
    }
    return undefined;
  }

  isPackage(fullName: string): boolean {
    return this.#packages.has(fullName);
  }

  /**
   * Resolves a name by Protobuf's rules: the innermost scope that knows the first part of the name decides, except that a
   * single name of the wrong kind is passed over.
   */
  resolve(name: string, from: string, isWanted: (symbol: SymbolModel) => boolean): Found {
    if (name.startsWith('.')) return { symbol: this.find(name.slice(1)) };
    const first = name.split('.', 1)[0] ?? name;
    for (let scope = from; ; scope = scope.slice(0, Math.max(0, scope.lastIndexOf('.')))) {
      const prefix = scope === '' ? '' : `${scope}.`;
      const symbol = this.find(`${prefix}${first}`);
      if (first === name) {
        if (symbol !== undefined && isWanted(symbol)) return { symbol };
      } else if (this.isPackage(`${prefix}${first}`) || (symbol !== undefined && hasMembers(symbol))) {
        const found = this.find(`${prefix}${name}`);
        return found === undefined ? { symbol: undefined, hiddenBy: `${prefix}${name}` } : { symbol: found };
      }
      if (scope === '') return { symbol: undefined };
    }
  }
}

function hasMembers(symbol: SymbolModel): boolean {
  return symbol.kind === 'message' || symbol.kind === 'enum' || symbol.kind === 'service';
}

function visibleFiles(file: FileModel): readonly FileModel[] {
  const files = new Set<FileModel>([file, ...file.dependencies]);
  // A set is iterated in the order of adding, what is added meanwhile included.
  for (const seen of files) {
    if (seen !== file) for (const dependency of seen.publicDependencies) files.add(dependency);
  }
  return [...files];
}
