import { stopAmount, type Threshold } from '#core/budgets/threshold.ts'
import type {
  Dialect,
  KeyDocument,
  ModelDocument,
  OrganizationDocument,
  PriceDocument,
  ProviderDocument,
  TeamDocument,
} from '#core/contracts/config-documents.ts'
import type { BudgetDocument, RateLimitDocument } from '#core/contracts/limit-documents.ts'
import { type ProviderCredential, readCredential, secretsOf } from '#core/provider-credential.ts'
import { isInside, type Network, readNetwork } from '#gateway/client-address.ts'

/** What the gateway holds of each document: parsed once, with what a request needs ready to use. Never changed. */
export interface KeyEntry {
  readonly id: string
  readonly organizationId: string
  readonly document: KeyDocument
  readonly hash: Buffer
  readonly expiresAt: number
  readonly revoked: boolean
  /** Null: every model of the catalog. */
  readonly models: ReadonlySet<string> | null
  /** Null: from anywhere. */
  readonly networks: readonly Network[] | null
  /** Its daily limit, as the budget that it is; null: it has none. */
  readonly dailyLimit: BudgetEntry | null
}

export interface PriceEntry {
  readonly document: PriceDocument
  readonly from: number
}

export interface ModelEntry {
  readonly id: string
  readonly organizationId: string
  readonly document: ModelDocument
  readonly dialects: ReadonlySet<Dialect>
  readonly sunsetAt: number
  readonly createdAt: number
  /** Latest first. */
  readonly prices: readonly PriceEntry[]
}

export interface ProviderEntry {
  readonly id: string
  readonly organizationId: string
  readonly document: ProviderDocument
  readonly base: URL
  /** Opened, in memory only; null: the endpoint asks for none. */
  readonly credential: ProviderCredential | null
  /** What must be quoted nowhere: the parts of the credential, and the tokens that are held because of it. */
  readonly secrets: Set<string>
}

export interface BudgetEntry {
  readonly id: string
  readonly organizationId: string
  readonly document: BudgetDocument
  /** The daily limit of a key and the spend cap of an exemption are budgets that nobody manages as such. */
  readonly of: 'budget' | 'key' | 'exemption'
  /** What its amounts are: nano-US-dollars, or calls, of which each request is one. */
  readonly unit: 'nanoUsd' | 'calls'
  /** The lowest amount that stops; null: nothing does. */
  readonly stop: bigint | null
  /** The thresholds that do not stop. */
  readonly milder: readonly Threshold[]
}

export interface RateLimitEntry {
  /** `rate_limit:` and its id, as refusals name it. */
  readonly rule: string
  readonly document: RateLimitDocument
}

export type OrganizationEntry = OrganizationDocument
export type TeamEntry = TeamDocument

export function keyEntry(id: string, organizationId: string, document: KeyDocument): KeyEntry {
  const hash = Buffer.from(document.secretHash, 'base64url')
  if (hash.length !== 32) throw new Error('secretHash: not a SHA-256 hash')
  return {
    id,
    organizationId,
    document,
    hash,
    expiresAt: Date.parse(document.expiresAt),
    revoked: document.revokedAt !== null,
    models: document.modelIds.length > 0 ? new Set(document.modelIds) : null,
    networks: document.ipAllowList.length > 0 ? document.ipAllowList.map(readNetwork) : null,
    dailyLimit: dailyLimitOf(id, organizationId, document),
  }
}

/** `opened` is the text that was sealed; null: the endpoint asks for no credential. Throws when it is of no known type. */
export function providerEntry(
  id: string,
  organizationId: string,
  document: ProviderDocument,
  opened: string | null,
): ProviderEntry {
  const credential = opened === null ? null : readCredential(opened)
  const secrets = new Set(credential ? secretsOf(credential) : [])
  return { id, organizationId, document, base: new URL(document.baseUrl), credential, secrets }
}

/** The day is UTC's. Postgres keeps a budget with the id of the key for it. */
function dailyLimitOf(id: string, organizationId: string, document: KeyDocument): BudgetEntry | null {
  const { name, dailyLimitNanoUsd: limitNanoUsd } = document
  if (limitNanoUsd === null) return null
  const window = { kind: 'day', timeZone: 'UTC' } as const
  const thresholds = [{ atNanoUsd: limitNanoUsd, action: 'stop' as const }]
  const budget = { name, scope: 'key', target: id, window, limitNanoUsd, thresholds } as const
  return { ...budgetEntry(id, organizationId, budget), of: 'key' }
}

export function budgetEntry(id: string, organizationId: string, document: BudgetDocument): BudgetEntry {
  const { thresholds } = document
  const milder = thresholds.filter(({ action }) => action !== 'stop')
  return { id, organizationId, document, of: 'budget', unit: 'nanoUsd', stop: stopAmount(thresholds), milder }
}

export function modelEntry(id: string, organizationId: string, document: ModelDocument): ModelEntry {
  return {
    id,
    organizationId,
    document,
    dialects: new Set(document.dialects),
    sunsetAt: document.sunsetAt === null ? Number.POSITIVE_INFINITY : Date.parse(document.sunsetAt),
    createdAt: Date.parse(document.createdAt),
    prices: document.prices
      .map(price => ({ document: price, from: Date.parse(price.validFrom) }))
      .sort((a, b) => b.from - a.from),
  }
}

/** Whether a key may be used from an address; an address that cannot be read may not. */
export function admitsAddress(key: KeyEntry, address: string | undefined): boolean {
  return key.networks === null || isInside(key.networks, address)
}

/** Whether a key may call a model at all. */
export function admitsModel(key: KeyEntry, model: ModelEntry): boolean {
  return key.models === null || key.models.has(model.id)
}
