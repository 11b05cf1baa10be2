import { PRICE_SOURCE, PRICE_SOURCE_DATE, type ShippedModel, type ShippedPrice } from '#core/catalog/shipped-model.ts'
import { SHIPPED_MODELS } from '#core/catalog/shipped-models.ts'
import { newId } from '#core/ids.ts'
import { parseUsd } from '#core/money.ts'
import type { TokenPrice } from '#core/pricing/cost.ts'
import { publishConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { type DemoModel, type DemoProvider, MODELS, PROVIDERS } from './northwind/catalog.ts'
import { DAY_MS, demand, type Scenario } from './scenario.ts'

export type SeededProvider = DemoProvider & { id: string; createdAt: Date }
export type SeededPrice = TokenPrice & { id: string; validFrom: Date }
/** A model with its shipped facts, its provider and its price as records. */
export type SeededModel = Omit<DemoModel, 'provider'> & {
  id: string
  createdAt: Date
  provider: SeededProvider
  facts: ShippedModel
  price: SeededPrice | null
}

export interface SeededCatalog {
  providers: Map<string, SeededProvider>
  models: Map<string, SeededModel>
}

/** Creates and publishes providers (without credentials), models and their prices. */
export async function writeCatalog(
  tx: Transaction,
  ctx: Context,
  scenario: Scenario,
  sandboxUrl: string,
): Promise<SeededCatalog> {
  const providers = new Map<string, SeededProvider>()
  for (const provider of PROVIDERS) {
    const createdAt = new Date(scenario.now - 119 * DAY_MS + providers.size * 420_000)
    const seeded = { ...provider, id: scenario.random.id(createdAt.getTime()), createdAt }
    providers.set(provider.name, seeded)
    await writeProvider(tx, ctx, seeded, sandboxUrl)
  }
  const shipped = new Map(SHIPPED_MODELS.map(each => [each.identifier, each]))
  const models = new Map<string, SeededModel>()
  for (const model of MODELS) {
    const createdAt = new Date(scenario.now - 118.8 * DAY_MS + models.size * 130_000)
    const facts = demand(shipped, model.tunedFrom ?? model.identifier)
    const validFrom = new Date(scenario.now - 120 * DAY_MS)
    const price = { ...priceOf(facts.usdPerMillionTokens), id: scenario.random.id(createdAt.getTime()), validFrom }
    const seeded: SeededModel = {
      ...model,
      id: scenario.random.id(createdAt.getTime()),
      createdAt,
      provider: demand(providers, model.provider),
      facts,
      price: model.tunedFrom ? null : price,
    }
    models.set(model.identifier, seeded)
  }
  for (const model of models.values()) await writeModel(tx, ctx, model, models, scenario.now)
  return { providers, models }
}

async function writeProvider(tx: Transaction, ctx: Context, provider: SeededProvider, sandboxUrl: string) {
  const sandbox = provider.baseUrl === null
  const shape = {
    name: provider.name,
    kind: provider.kind,
    baseUrl: provider.baseUrl ?? sandboxUrl,
    region: provider.region,
    credential: null,
    allowPrivateNetwork: sandbox,
    enabled: true,
  }
  await tx.provider.create({
    data: { ...shape, id: provider.id, organizationId: ctx.organizationId, createdAt: provider.createdAt },
  })
  const { credential: _, ...document } = shape
  await tx.recordVersion.create({
    data: {
      ...{ id: newId(), organizationId: ctx.organizationId, kind: 'provider', recordId: provider.id, version: 1 },
      ...{ name: provider.name, document, changes: [], reason: 'Brought in with the gateway' },
      ...{ authorKind: ctx.actor.kind, authorId: null, authorName: ctx.actor.name, createdAt: provider.createdAt },
    },
  })
  await publishConfig(tx, ctx, 'provider', provider.id, shape)
}

async function writeModel(
  tx: Transaction,
  ctx: Context,
  model: SeededModel,
  models: ReadonlyMap<string, SeededModel>,
  now: number,
) {
  const { id, price, createdAt, provider, facts } = model
  const shape = {
    identifier: model.identifier,
    displayName: model.tunedFrom ? `${facts.displayName}, fine-tuned` : facts.displayName,
    aliases: model.aliases ?? [],
    providerId: provider.id,
    upstreamModel: model.identifier,
    dialects: [...facts.dialects],
    lifecycle: model.lifecycle ?? ('approved' as const),
    contextWindow: facts.contextWindow,
    maxOutputTokens: facts.maxOutputTokens,
    tiers: [...model.tiers],
    regions: provider.region ? [provider.region] : [],
    substitutes: (model.substitutes ?? []).map(([name, ...when]) => ({ modelId: demand(models, name).id, when })),
  }
  const sunsetAt = model.sunsetIn === undefined ? null : new Date(now + model.sunsetIn * DAY_MS)
  await tx.model.create({
    data: {
      ...shape,
      id,
      organizationId: ctx.organizationId,
      capabilities: [...facts.capabilities],
      modalities: [...facts.modalities],
      restrictions: model.restrictions ?? '',
      sunsetAt,
      source: 'shipped',
      createdAt,
    },
  })
  if (price) {
    const source = { source: PRICE_SOURCE, sourceDate: new Date(PRICE_SOURCE_DATE) }
    await tx.modelPrice.create({
      data: { ...price, ...source, modelId: id, organizationId: ctx.organizationId, createdAt },
    })
  }
  await publishConfig(tx, ctx, 'model', id, {
    ...shape,
    sunsetAt: sunsetAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    prices: price ? [priceDocument(price)] : [],
  })
}

function priceDocument({ id, validFrom, ...classes }: SeededPrice) {
  const text = (nano: bigint | null) => nano?.toString() ?? null
  return {
    id,
    validFrom: validFrom.toISOString(),
    input: text(classes.input),
    cachedInput: text(classes.cachedInput),
    cacheWrite5m: text(classes.cacheWrite5m),
    cacheWrite1h: text(classes.cacheWrite1h),
    output: text(classes.output),
    reasoning: text(classes.reasoning),
  }
}

function priceOf(price: ShippedPrice): TokenPrice {
  const nano = (text: string | undefined) => (text === undefined ? null : parseUsd(text))
  return {
    input: nano(price.input),
    cachedInput: nano(price.cachedInput),
    cacheWrite5m: nano(price.cacheWrite5m),
    cacheWrite1h: nano(price.cacheWrite1h),
    output: nano(price.output),
    reasoning: null,
  }
}
