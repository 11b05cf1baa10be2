import { isForEverybody } from '#core/catalog/only-for.ts'
import type { FullModel } from './model-dto.ts'
import { onlyForOf } from './model-terms.ts'
import type { ModelDto } from './schema.ts'

/** Which of the facts that decisions rest on are known. A model of embeddings or moderations has no output to bound or price. */
export function completenessOf(
  model: FullModel,
  price: { input: bigint | null; output: bigint | null } | null,
): ModelDto['completeness'] {
  const generates = model.dialects.some(dialect => dialect !== 'embeddings' && dialect !== 'moderations')
  const facts: Record<string, boolean> = {
    capabilities: model.capabilities.length > 0 || !generates,
    modalities: model.modalities.length > 0,
    contextWindow: model.contextWindow !== null,
    ...(generates ? { maxOutputTokens: model.maxOutputTokens !== null } : {}),
    tiers: model.tiers.length > 0,
    regions: model.regions.length > 0,
    inputPrice: price !== null && price.input !== null,
    ...(generates ? { outputPrice: price !== null && price.output !== null } : {}),
    retention: model.retentionDays !== null,
    trainingOptOut: model.trainingOptOut !== null,
    owner: model.ownerId !== null,
    lineage: model.lineage !== '' || model.versions.length > 0,
    modelCard: model.modelCard !== '',
    reviewBy: model.reviewBy !== null,
    ...(model.lifecycle === 'restricted' ? { onlyFor: !isForEverybody(onlyForOf(model)) } : {}),
  }
  const missing = Object.keys(facts).filter(fact => !facts[fact])
  const of = Object.keys(facts).length
  return { known: of - missing.length, of, missing }
}
