/**
 * Kafka properties with types: definitions, parsing, `.properties` files.
 *
 * ```ts
 * import { property, PropertySet } from '@millrace/config';
 *
 * const producer = new PropertySet({
 *   'linger.ms': property.long({ default: 5, min: 0, doc: 'How long a batch waits for more records.' }),
 * });
 * producer.parse({ 'linger.ms': '10' }).values['linger.ms']; // 10, a number
 * ```
 *
 * @packageDocumentation
 */
export { configErrors, InvalidPropertyError, PropertiesFileError } from './errors.ts';
export { openSslCipherSuites } from './cipher-suites.ts';
export { parseJaasConfig, type JaasConfig } from './jaas-config.ts';
export { nearestName } from './nearest-name.ts';
export { parsePropertiesFile } from './properties-file.ts';
export {
  LONG_MAX,
  property,
  type PropertyDefinition,
  type PropertyType,
  type RawValue,
  type UpdateMode,
} from './property.ts';
export {
  PropertySet,
  type ParsedProperties,
  type PropertyInput,
  type PropertyValues,
  type UnknownProperty,
} from './property-set.ts';
