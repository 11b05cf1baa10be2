import type { OnlyFor } from './only-for.ts'

export type ModelLifecycle = 'proposed' | 'under_review' | 'approved' | 'restricted' | 'deprecated' | 'blocked'

/** What decides whether a model may be called, until when, for what data and by whom. */
export interface TermsOfUse {
  readonly lifecycle: ModelLifecycle
  /** ISO 8601; null: no end is set. */
  readonly sunsetAt: string | null
  readonly tiers: readonly string[]
  readonly onlyFor: OnlyFor
}

const CALLABLE: ReadonlySet<ModelLifecycle> = new Set(['approved', 'restricted', 'deprecated'])
/** Of two that can be called, the one that stands further on asks for less. */
const OPENNESS: readonly ModelLifecycle[] = ['deprecated', 'restricted', 'approved']

/** Whether a model in this stage answers calls. */
export function isCallableStage(lifecycle: ModelLifecycle): boolean {
  return CALLABLE.has(lifecycle)
}

/**
 * How new terms let more be done with a model than those before, in words that end a sentence; empty: they only narrow.
 * A model that cannot be called afterwards widens nothing.
 */
export function widenings(before: TermsOfUse, after: TermsOfUse): string[] {
  if (!CALLABLE.has(after.lifecycle)) return []
  if (!CALLABLE.has(before.lifecycle)) return ['it can be called']
  const words: string[] = []
  if (OPENNESS.indexOf(after.lifecycle) > OPENNESS.indexOf(before.lifecycle))
    words.push(`it is ${after.lifecycle} again`)
  if (endsLater(before.sunsetAt, after.sunsetAt)) words.push('it can be called for longer')
  const lists = opened(before.onlyFor, after.onlyFor)
  if (lists.includes('useCases')) words.push('further use cases may call it')
  if (lists.includes('teamIds')) words.push('further teams may call it')
  if (lists.includes('workloads')) words.push('further workloads may call it')
  const more = after.tiers.filter(tier => !before.tiers.includes(tier))
  if (more.length > 0) words.push(`it may see ${more.join(', ')} data`)
  return words
}

function endsLater(before: string | null, after: string | null): boolean {
  if (before === null) return false
  return after === null || Date.parse(after) > Date.parse(before)
}

/** Which lists let somebody in that they kept out before. */
function opened(before: OnlyFor, after: OnlyFor): (keyof OnlyFor)[] {
  return (['useCases', 'teamIds', 'workloads'] as const).filter(list => {
    if (before[list].length === 0) return false
    return after[list].length === 0 || after[list].some(name => !before[list].includes(name))
  })
}
