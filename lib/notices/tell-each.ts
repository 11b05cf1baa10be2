import { eachApart } from '#lib/platform/each-apart.ts'

/**
 * Writes the notices that each of many calls for; one that cannot be told of keeps nobody from hearing of the others.
 * Returns how many were written, or throws in the end when one failed.
 */
export async function tellEach<T extends { readonly id: string }>(
  all: readonly T[],
  tellOf: (one: T) => Promise<number>,
): Promise<number> {
  const written = await eachApart(all, ({ id }) => id, tellOf)
  return written.reduce((sum, count) => sum + count, 0)
}
