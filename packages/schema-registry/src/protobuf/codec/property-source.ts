/** JavaScript source that reads a property; what every object inherits does not count. */
export function readProperty(object: string, name: string): string {
  const key = JSON.stringify(name);
  if (!isInherited(name)) return `${object}[${key}]`;
  return `(Object.hasOwn(${object}, ${key}) ? ${object}[${key}] : undefined)`;
}

/** Source of a property in an object literal; in brackets `__proto__` is a name like others. */
export function literalProperty(name: string, value: string): string {
  return `[${JSON.stringify(name)}]: ${value}`;
}

/** Source of a statement that sets a property of an object that has just been made. */
export function setProperty(object: string, name: string, value: string): string {
  const key = JSON.stringify(name);
  if (name !== '__proto__') return `${object}[${key}] = ${value};`;
  return `Object.defineProperty(${object}, ${key}, { value: ${value}, enumerable: true, configurable: true, writable: true });`;
}

function isInherited(name: string): boolean {
  return name in Object.prototype;
}
