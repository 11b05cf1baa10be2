import type { CachePolicyDocument, CacheReason } from '#core/cache/cache-policy.ts'
import type { TierDocument } from '#core/contracts/config-documents.ts'
import type { OperationName } from '#core/contracts/operation-names.ts'
import type { Exchange } from '#gateway/exchange.ts'

/** Requests beyond this are not worth the hashing. */
const MOST_REQUEST_BYTES = 1024 * 1024
const KEPT_OPERATIONS: ReadonlySet<OperationName> = new Set([
  'chat',
  'responses',
  'completions',
  'embeddings',
  'messages',
])
/** Fields with which an answer depends on, or leaves behind, something at the provider. */
const STATEFUL = [
  'previous_response_id',
  'conversation',
  'prompt_id',
  'container',
  'mcp_servers',
  'web_search_options',
  'audio',
  'prediction',
  'background',
  'context_management',
] as const
/** Names of fields whose value stands for content that is elsewhere and may change there. */
const REFERENCES: ReadonlySet<string> = new Set(['url', 'image_url', 'file_url', 'file_id', 'vector_store_ids'])

/** Why the answer to a request may not be kept, nor a kept one be served; null: it may. Throws RangeError when the body is too deep. */
export function notRepeatable(exchange: Exchange, policy: CachePolicyDocument): CacheReason | null {
  const { body, operation, tier } = exchange
  if (tier && !mayKeep(tier)) return 'tier'
  if (!KEPT_OPERATIONS.has(operation.name)) return 'operation'
  if ((exchange.raw?.length ?? 0) > MOST_REQUEST_BYTES) return 'too_large'
  if (isStateful(operation.name, body)) return 'stateful'
  const tools = toolsOf(body)
  if (tools.some(isProviderTool)) return 'provider_tools'
  if (tools.length > 0 && !policy.includeTools) return 'tools'
  if (policy.deterministicOnly && operation.generates && body.temperature !== 0) return 'temperature'
  return refersElsewhere([body.messages, body.input, body.system]) ? 'reference' : null
}

/** A cache keeps content: a tier of which none may be kept is never cached, whatever its switch says. */
export function mayKeep(tier: TierDocument): boolean {
  return tier.cacheable && tier.contentLogging !== 'metadata'
}

function isStateful(operation: OperationName, body: Record<string, unknown>): boolean {
  // The Responses API keeps an answer under its id unless it is told not to.
  if (operation === 'responses' && (body.store !== false || given(body.prompt))) return true
  return body.store === true || STATEFUL.some(name => given(body[name]))
}

function given(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false
}

function toolsOf(body: Record<string, unknown>): unknown[] {
  return [body.tools, body.functions].flatMap(list => (Array.isArray(list) ? list : given(list) ? [list] : []))
}

/** Tools that the provider runs itself: what they find may be another thing each time. */
function isProviderTool(tool: unknown): boolean {
  if (typeof tool !== 'object' || tool === null) return true
  const { type } = tool as { type?: unknown }
  return type !== undefined && type !== 'function' && type !== 'custom'
}

function refersElsewhere(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(refersElsewhere)
  const entries = Object.entries(value)
  if (entries.some(([name, item]) => name === 'type' && item === 'item_reference')) return true
  return entries.some(([name, item]) => {
    if (!REFERENCES.has(name)) return refersElsewhere(item)
    if (typeof item === 'object') return refersElsewhere(item)
    return typeof item !== 'string' || !item.startsWith('data:')
  })
}
