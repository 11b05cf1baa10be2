import type { Wire } from './exchange.ts'
import { CREATED_AT, SANDBOX_MODELS, type SandboxModel } from './models.ts'

/** `GET /v1/models` in the shape of a wire. Protocol: "List models" of each vendor's API reference. */
export function modelList(wire: Wire): object {
  const models = SANDBOX_MODELS.filter(model => model.wire === wire)
  if (wire === 'openai') return { object: 'list', data: models.map(openAiModel) }
  const data = models.map(anthropicModel)
  return { data, has_more: false, first_id: data.at(0)?.id ?? null, last_id: data.at(-1)?.id ?? null }
}

/** `GET /v1/models/{id}` in the shape of a wire; null when the wire has no such model. */
export function modelDetail(wire: Wire, id: string): object | null {
  const model = SANDBOX_MODELS.find(candidate => candidate.id === id && candidate.wire === wire)
  if (!model) return null
  return wire === 'openai' ? openAiModel(model) : anthropicModel(model)
}

function openAiModel({ id }: SandboxModel) {
  return { id, object: 'model', created: CREATED_AT, owned_by: 'sandbox' }
}

function anthropicModel({ id, displayName }: SandboxModel) {
  return { type: 'model', id, display_name: displayName, created_at: new Date(CREATED_AT * 1000).toISOString() }
}
