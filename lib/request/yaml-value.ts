/** A YAML value: what JSON can say. Maps have no prototype, so no key of theirs can mean anything. */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | YamlMap;

/** A map of YAML by its keys. */
export interface YamlMap {
  readonly [key: string]: YamlValue;
}
