/** Errors by the last part of their path: `target.url` is shown at the field `url`. */
export function fieldErrors(fields: readonly { field: string; message: string }[]): Record<string, string> {
  return Object.fromEntries(fields.map(({ field, message }) => [field.split('.').at(-1) ?? field, message]))
}
