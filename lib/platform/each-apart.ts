import { log } from './log.ts'

/**
 * Does the same for each of many, one after the other: one that fails does not keep the others from theirs. Throws in the
 * end, so that the job counts as failed and comes round again, when any did. Returns what each made.
 */
export async function eachApart<T, R>(
  all: readonly T[],
  nameOf: (one: T) => string,
  run: (one: T) => Promise<R>,
): Promise<R[]> {
  const made: R[] = []
  const failed: string[] = []
  for (const one of all) {
    try {
      made.push(await run(one))
    } catch (error) {
      failed.push(nameOf(one))
      log.error({ id: nameOf(one), error: error instanceof Error ? error.stack : String(error) }, 'one of many failed')
    }
  }
  if (failed.length > 0) throw new Error(`${failed.length} of ${all.length} failed, among them ${failed[0]}`)
  return made
}
