import { parseUsd } from '#core/money.ts'
import type { TokenPrice } from '#core/pricing/cost.ts'
import { publishConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import {
  type DemoModel,
  type DemoPrice,
  type DemoProvider,
  MODELS,
  PRICE_DATE,
  PRICE_SOURCE,
  PROVIDERS,
} from './northwind/catalog.ts'
import { DAY_MS, demand, type Scenario } from './scenario.ts'

export type SeededProvider = DemoProvider & { id: string; createdAt: Date }
export type SeededPrice = TokenPrice & { id: string; validFrom: Date }
/** A model whose provider and price are records instead of names. */
export type SeededModel = Omit<DemoModel, 'provider' | 'price'> & {
  id: string
  createdAt: Date
  provider: SeededProvider
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
  const models = new Map<string, SeededModel>()
  for (const model of MODELS) {
    const createdAt = new Date(scenario.now - 118.8 * DAY_MS + models.size * 130_000)
    const seeded: SeededModel = {
      ...model,
      id: scenario.random.id(createdAt.getTime()),
      createdAt,
      provider: demand(providers, model.provider),
      price: model.price && {
        ...priceOf(model.price),
        id: scenario.random.id(createdAt.getTime()),
        validFrom: new Date(scenario.now - 120 * DAY_MS),
      },
    }
    models.set(model.identifier, seeded)
    await writeModel(tx, ctx, seeded, scenario.now)
  }
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
  await publishConfig(tx, ctx, 'provider', provider.id, shape)
}

async function writeModel(tx: Transaction, ctx: Context, model: SeededModel, now: number) {
  const { id, price, createdAt, provider } = model
  const shape = {
    identifier: model.identifier,
    displayName: model.displayName,
    aliases: model.aliases ?? [],
    providerId: provider.id,
    upstreamModel: model.identifier,
    dialects: model.dialects,
    lifecycle: model.lifecycle ?? ('approved' as const),
    contextWindow: model.context,
    maxOutputTokens: model.maxOutput,
    tiers: model.tiers,
    regions: provider.region ? [provider.region] : [],
  }
  const sunsetAt = model.sunsetIn === undefined ? null : new Date(now + model.sunsetIn * DAY_MS)
  await tx.model.create({
    data: {
      ...shape,
      id,
      organizationId: ctx.organizationId,
      capabilities: model.capabilities,
      modalities: model.capabilities.includes('vision') ? ['text', 'image'] : ['text'],
      restrictions: model.restrictions ?? '',
      sunsetAt,
      source: 'shipped',
      createdAt,
    },
  })
  if (price) {
    const source = { source: PRICE_SOURCE, sourceDate: new Date(PRICE_DATE) }
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

function priceOf(price: DemoPrice): TokenPrice {
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
