import type { SubstitutionReason } from '#core/routing/route.ts'
import type { ModelDetailDto } from '#lib/models/schema.ts'

/** A line of the equivalents. */
export interface SubstituteText {
  modelId: string
  outage: boolean
  budget: boolean
}

/** What stands in the form, as typed. Lists are texts with commas. */
export interface ModelFormValues {
  providerId: string
  identifier: string
  displayName: string
  upstreamModel: string
  aliases: string
  dialects: string[]
  capabilities: string
  modalities: string
  contextWindow: string
  maxOutputTokens: string
  tiers: string
  regions: string
  restrictions: string
  substitutes: SubstituteText[]
  ownerId: string
  lineage: string
  retentionDays: string
  /** unknown, yes, no */
  trainingOptOut: string
  reviewBy: string
  providerEndsOn: string
  providerEndSource: string
  modelCard: string
}

export function emptyModelForm(providerId: string): ModelFormValues {
  return {
    providerId,
    identifier: '',
    displayName: '',
    upstreamModel: '',
    aliases: '',
    dialects: ['chat'],
    capabilities: '',
    modalities: 'text',
    contextWindow: '',
    maxOutputTokens: '',
    tiers: '',
    regions: '',
    restrictions: '',
    substitutes: [],
    ownerId: '',
    lineage: '',
    retentionDays: '',
    trainingOptOut: 'unknown',
    reviewBy: '',
    providerEndsOn: '',
    providerEndSource: '',
    modelCard: '',
  }
}

export function modelFormOf(model: ModelDetailDto): ModelFormValues {
  const joined = (items: readonly string[]) => items.join(', ')
  return {
    providerId: model.providerId,
    identifier: model.identifier,
    displayName: model.displayName,
    upstreamModel: model.upstreamModel,
    aliases: joined(model.aliases),
    dialects: model.dialects,
    capabilities: joined(model.capabilities),
    modalities: joined(model.modalities),
    contextWindow: model.contextWindow === null ? '' : String(model.contextWindow),
    maxOutputTokens: model.maxOutputTokens === null ? '' : String(model.maxOutputTokens),
    tiers: joined(model.tiers),
    regions: joined(model.regions),
    restrictions: model.restrictions,
    substitutes: model.substitutes.map(({ modelId, when }) => ({
      modelId,
      outage: when.includes('outage'),
      budget: when.includes('budget'),
    })),
    ownerId: model.ownerId ?? '',
    lineage: model.lineage,
    retentionDays: model.retentionDays === null ? '' : String(model.retentionDays),
    trainingOptOut: model.trainingOptOut === null ? 'unknown' : model.trainingOptOut ? 'yes' : 'no',
    reviewBy: model.reviewBy ?? '',
    providerEndsOn: model.providerEnd?.on ?? '',
    providerEndSource: model.providerEnd?.source ?? '',
    modelCard: model.modelCard,
  }
}

/** What the verbs take of it; names that are left empty are left out. */
export function modelFactsOf(values: ModelFormValues): Record<string, unknown> {
  const named = { displayName: values.displayName.trim(), upstreamModel: values.upstreamModel.trim() }
  return {
    ...Object.fromEntries(Object.entries(named).filter(([, text]) => text !== '')),
    aliases: listOf(values.aliases),
    dialects: values.dialects,
    capabilities: listOf(values.capabilities).map(label => label.toLowerCase().replaceAll(/[\s-]+/g, '_')),
    modalities: listOf(values.modalities),
    contextWindow: tokensOf(values.contextWindow),
    maxOutputTokens: tokensOf(values.maxOutputTokens),
    tiers: listOf(values.tiers),
    regions: listOf(values.regions),
    restrictions: values.restrictions,
    substitutes: values.substitutes.filter(each => each.modelId !== '').map(substituteOf),
    ownerId: values.ownerId || null,
    lineage: values.lineage,
    retentionDays: tokensOf(values.retentionDays),
    trainingOptOut: values.trainingOptOut === 'unknown' ? null : values.trainingOptOut === 'yes',
    reviewBy: values.reviewBy || null,
    providerEnd: values.providerEndsOn ? { on: values.providerEndsOn, source: values.providerEndSource } : null,
    modelCard: values.modelCard,
  }
}

function substituteOf({ modelId, outage, budget }: SubstituteText) {
  const when: SubstitutionReason[] = [
    ...(outage ? (['outage'] as const) : []),
    ...(budget ? (['budget'] as const) : []),
  ]
  return { modelId, when }
}

function listOf(text: string): string[] {
  return [...new Set(text.split(',').map(item => item.trim()))].filter(Boolean)
}

/** Null when empty; what is no number is passed on, for the verb to name the rule. */
function tokensOf(text: string): number | string | null {
  const plain = text.trim().replaceAll(',', '')
  if (plain === '') return null
  return /^\d+$/.test(plain) ? Number(plain) : plain
}
