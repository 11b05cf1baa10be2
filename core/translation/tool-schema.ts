/**
 * A tool's schema as every provider takes it. Clients leave out what says nothing when a tool has no arguments, and some
 * providers refuse a schema that is not called an object, others an object without properties.
 */
export function objectSchema(schema: object | null): object {
  return { type: 'object', properties: {}, ...schema }
}
