import type { ProviderKind } from '#core/provider-kinds.ts'
import { invalid } from '#lib/platform/errors.ts'
import type { Amounts } from './price-amounts.ts'
import { nanoUsdPerMillion } from './unit-price.ts'

/** One priced model of a price file. */
export interface FileEntry {
  /** As the file has it: `gpt-4o`, `gemini/gemini-2.5-pro`. */
  key: string
  /** The key without the vendor in front. */
  name: string
  vendor: string
  kind: ProviderKind
  /** Of the classes the file prices; the others are left out. */
  amounts: Partial<Amounts>
}

export interface SkippedEntry {
  key: string
  reason: string
}

const MODES = new Set(['chat', 'completion', 'embedding', 'responses'])

const FIELDS = {
  input: 'input_cost_per_token',
  cachedInput: 'cache_read_input_token_cost',
  cacheWrite5m: 'cache_creation_input_token_cost',
  cacheWrite1h: 'cache_creation_input_token_cost_above_1hr',
  output: 'output_cost_per_token',
  reasoning: 'output_cost_per_reasoning_token',
} as const satisfies Record<keyof Amounts, string>

/**
 * Reads a price file in LiteLLM's public form (model_prices_and_context_window.json): an object of models with
 * US dollars per token. Numbers are read from their text, never through floating point. Throws `invalid_input`
 * when the file is not of that form.
 */
export function readPriceFile(text: string): { entries: FileEntry[]; skipped: SkippedEntry[] } {
  const file = parseKeepingNumbers(text)
  if (!isRecord(file)) throw invalid('file', 'A JSON object with one entry for each model.')
  const entries: FileEntry[] = []
  const skipped: SkippedEntry[] = []
  for (const [key, value] of Object.entries(file)) {
    if (key === 'sample_spec') continue
    const read = readEntry(key, value)
    if ('reason' in read) skipped.push(read)
    else entries.push(read)
  }
  return { entries, skipped }
}

function readEntry(key: string, value: unknown): FileEntry | SkippedEntry {
  if (!isRecord(value)) return { key, reason: 'The entry is not an object.' }
  const { mode, litellm_provider: vendor } = value
  if (typeof mode !== 'string' || !MODES.has(mode)) {
    return {
      key,
      reason: `Mode ${typeof mode === 'string' ? mode.slice(0, 40) : 'unknown'} is not priced by tokens here.`,
    }
  }
  if (typeof vendor !== 'string' || vendor === '') return { key, reason: 'The entry names no provider.' }
  const amounts: Partial<Amounts> = {}
  for (const [tokenClass, field] of Object.entries(FIELDS) as [keyof Amounts, string][]) {
    const given = value[field]
    if (given === undefined || given === null) continue
    const amount = typeof given === 'string' ? nanoUsdPerMillion(given) : null
    if (amount === null) return { key, reason: `${field} is not a non-negative decimal number of plausible size.` }
    amounts[tokenClass] = amount
  }
  if (amounts.input === undefined && amounts.output === undefined) return { key, reason: 'It has no price by token.' }
  return { key, name: nameOf(key, vendor), vendor, kind: kindOf(vendor), amounts }
}

function kindOf(vendor: string): ProviderKind {
  if (vendor === 'openai' || vendor === 'text-completion-openai') return 'openai'
  if (vendor === 'anthropic') return 'anthropic'
  if (vendor === 'azure' || vendor === 'azure_text') return 'azure_openai'
  if (vendor === 'gemini' || vendor.startsWith('vertex_ai')) return 'google'
  if (vendor.startsWith('bedrock')) return 'aws_bedrock'
  return 'openai_compatible'
}

function nameOf(key: string, vendor: string): string {
  const slash = key.indexOf('/')
  return slash > 0 && vendor.startsWith(key.slice(0, slash)) ? key.slice(slash + 1) : key
}

type Reviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown

/** JSON with every number as the text it was written in (ECMAScript "JSON.parse source text access"). */
function parseKeepingNumbers(text: string): unknown {
  const parse = JSON.parse as (text: string, reviver: Reviver) => unknown
  try {
    return parse(text, (_, value, { source }) => (typeof value === 'number' ? (source ?? String(value)) : value))
  } catch {
    throw invalid('file', 'The file is not JSON.')
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
