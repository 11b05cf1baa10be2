import type { ReferenceResource } from '#lib/api/reference.ts'

/** The operations in whose method, path or summary every word of the search stands, by resource. */
export function findOperations(resources: readonly ReferenceResource[], search: string): ReferenceResource[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return resources.flatMap(({ name, operations }) => {
    const found = operations.filter(({ method, path, summary }) => {
      const text = `${method} ${path} ${summary}`.toLowerCase()
      return words.every(word => text.includes(word))
    })
    return found.length > 0 ? [{ name, operations: found }] : []
  })
}
