import { z } from 'zod'

/** As callers send it in `x-gatehouse-use-case` and `x-gatehouse-workload`. */
const CallerName = z
  .string()
  .trim()
  .min(1)
  .max(128)
  .regex(/^[\x20-\x7e]+$/, 'printable ASCII, as callers send it')
const unique = (all: readonly string[]) => new Set(all).size === all.length

/**
 * Whom a model is for. A list that is empty asks for nothing; of each that names anybody, a request has to be one:
 * what says nothing of its use case may not use a model that is for some use cases only.
 */
export const OnlyFor = z.strictObject({
  useCases: z.array(CallerName).max(50).refine(unique, 'each once').default([]),
  teamIds: z.array(z.uuid()).max(200).refine(unique, 'each once').default([]),
  workloads: z.array(CallerName).max(50).refine(unique, 'each once').default([]),
})
export type OnlyFor = z.infer<typeof OnlyFor>

export const FOR_EVERYBODY: OnlyFor = { useCases: [], teamIds: [], workloads: [] }

/** What of a request decides whether a model is for it. */
export interface Use {
  readonly useCase: string | null
  readonly teamId: string | null
  readonly workload: string | null
}

/** Which of the lists a request is not in; null: the model is for it. */
export function notFor(onlyFor: OnlyFor, { useCase, teamId, workload }: Use): keyof OnlyFor | null {
  const { useCases, teamIds, workloads } = onlyFor
  if (teamIds.length > 0 && (teamId === null || !teamIds.includes(teamId))) return 'teamIds'
  if (useCases.length > 0 && (useCase === null || !useCases.includes(useCase))) return 'useCases'
  if (workloads.length > 0 && (workload === null || !workloads.includes(workload))) return 'workloads'
  return null
}

/** Whether it names nobody, so that everybody may. */
export function isForEverybody({ useCases, teamIds, workloads }: OnlyFor): boolean {
  return useCases.length + teamIds.length + workloads.length === 0
}
