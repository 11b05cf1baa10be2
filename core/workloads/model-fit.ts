import { isApprovedFor } from '#core/routing/tier-reach.ts'

/** What of a model of the catalog decides whether a workload may build on it. */
export interface CatalogModel {
  readonly id: string
  readonly identifier: string
  readonly lifecycle: string
  readonly sunsetAt: Date | null
  readonly tiers: readonly string[]
}

interface NamedTier {
  readonly name: string
  readonly rank: number
}

/** What the catalog says against a chosen model, and how to mend it. */
export interface ModelFinding {
  readonly modelId: string
  readonly message: string
  readonly fix: string
  /** Whether calls to it would be refused; otherwise it is worth knowing. */
  readonly blocking: boolean
}

/**
 * What speaks against the models of a workload at a moment: unknown, not to be called, not approved for its tier, ending.
 * `tier` null: the lowest; `tiers`: lowest rank first.
 */
export function modelFindings(
  modelIds: readonly string[],
  catalog: readonly CatalogModel[],
  tier: string | null,
  tiers: readonly NamedTier[],
  now: Date,
): ModelFinding[] {
  const wanted = tiers.find(({ name }) => name === tier) ?? tiers[0]
  return modelIds.flatMap(modelId => {
    const model = catalog.find(({ id }) => id === modelId)
    const finding = model ? againstModel(model, wanted, tiers, now) : UNKNOWN
    return finding ? [{ modelId, ...finding }] : []
  })
}

type Finding = Omit<ModelFinding, 'modelId'>

const UNKNOWN: Finding = { message: 'This model is not in the catalog.', fix: 'Choose another one.', blocking: true }

function againstModel(
  { identifier, lifecycle, sunsetAt, tiers: approved }: CatalogModel,
  tier: NamedTier | undefined,
  tiers: readonly NamedTier[],
  now: Date,
): Finding | null {
  if (lifecycle === 'proposed' || lifecycle === 'under_review') {
    const fix = 'Have it approved in the catalog first, or choose another one.'
    return { message: `${identifier} is not approved yet.`, fix, blocking: true }
  }
  if (lifecycle === 'blocked')
    return { message: `${identifier} is blocked.`, fix: 'Choose another one.', blocking: true }
  if (sunsetAt !== null && sunsetAt <= now) {
    const message = `${identifier} was retired on ${day(sunsetAt)}.`
    return { message, fix: 'Choose the model that took its place.', blocking: true }
  }
  if (tier && !isApprovedFor(approved, tier, tiers)) {
    const fix = `Choose one that is approved for ${tier.name}, or have this one approved for it.`
    return { message: `${identifier} is not approved for ${tier.name} data.`, fix, blocking: true }
  }
  if (sunsetAt === null) return null
  const message = `${identifier} ends on ${day(sunsetAt)}.`
  return { message, fix: 'Name another one beside it, so that calls go on.', blocking: false }
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10)
}
