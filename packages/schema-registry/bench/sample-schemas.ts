export const SUBJECTS = 10_000;
export const VERSIONS = 5;

/** A record of seven to eleven fields, about half a kilobyte; no two are alike. */
export function schemaText(subject: number, version: number): string {
  const fields = Array.from(
    { length: 6 + version },
    (_, index) => `{"name":"field_${index}","type":"long","default":0}`,
  );
  return `{"type":"record","name":"Record${subject}","namespace":"shop.orders","fields":[${fields.join(',')}]}`;
}
