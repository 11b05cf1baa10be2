/** The object's fields, or null when the value is no plain object. */
export function fieldsOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

/** A token count that must be there: null when it is absent or no non-negative integer. */
export function requiredCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}

/** A token count that vendors leave out, or set to null, when there is none; null only when it is malformed. */
export function optionalCount(value: unknown): number | null {
  return value === undefined || value === null ? 0 : requiredCount(value)
}

/** A count inside an optional group of details; null when the group or the count is malformed. */
export function detailCount(group: unknown, name: string): number | null {
  if (group === undefined || group === null) return 0
  const fields = fieldsOf(group)
  return fields ? optionalCount(fields[name]) : null
}
