import { admitsModel, isCallable, type ModelEntry } from '#gateway/config/entries.ts'
import { checkFields, parseBody } from '#gateway/dialects/request-fields.ts'
import { translationFor, upstreamOperation } from '#gateway/dialects/translation.ts'
import type { Candidate, Exchange } from '#gateway/exchange.ts'
import { pathOfDialect } from '#gateway/operations.ts'
import { Refusal } from '#gateway/refusal.ts'
import { readBody } from '#gateway/request-body.ts'
import type { PipelineStage } from './stage.ts'

/** Reads the body and finds the model it names: in the catalog, in force, allowed for the key, on this wire. */
export const resolve: PipelineStage = {
  name: 'resolve',
  async run(exchange) {
    const type = exchange.header('content-type')
    if (!type || !/^application\/([a-z0-9.+-]+\+)?json\s*(;|$)/i.test(type)) {
      const words = 'The body must be JSON: send it with "content-type: application/json".'
      throw new Refusal(415, 'unsupported_media_type', words, { param: 'content-type' })
    }
    const encoding = exchange.header('content-encoding')
    if (encoding && encoding.toLowerCase() !== 'identity') {
      const words = 'The body must not be compressed: send it as it is, without the header content-encoding.'
      throw new Refusal(415, 'unsupported_content_encoding', words, { param: 'content-encoding' })
    }
    exchange.raw = await readBody(exchange.request, exchange.services.environment.GATEWAY_MAX_BODY_BYTES)
    parseBody(exchange, exchange.raw)
    const name = checkFields(exchange)
    const model = findModel(exchange, name)
    const candidate = candidateOf(exchange, model)
    exchange.candidates = [candidate]
    const upstream = upstreamOperation(exchange.operation, model)
    // What cannot be translated is refused before anything is reserved for it.
    if (upstream) exchange.translation = translationFor(exchange, candidate, upstream)
  },
}

function findModel(exchange: Exchange, name: string): ModelEntry {
  const { key, operation, occurredAt } = exchange
  const organization = exchange.services.configuration.organizations.get(key?.organizationId ?? '')
  const model = organization?.names.get(name)
  if (!model) {
    const words = `The model "${name}" is not in the catalog. GET /v1/models lists the models that this key may use.`
    throw new Refusal(404, 'model_not_found', words, { param: 'model', rule: 'catalog' })
  }
  if (key && !admitsModel(key, model)) {
    const words = `The key "${key.document.name}" may not use the model "${name}". Issue a key for it, or use another model.`
    throw new Refusal(403, 'model_not_allowed', words, { param: 'model', rule: 'key:models' })
  }
  if (!isCallable(model, occurredAt)) {
    throw new Refusal(403, 'model_not_available', unavailable(model, name), { param: 'model', rule: 'model:lifecycle' })
  }
  if (!upstreamOperation(operation, model)) {
    const paths = model.document.dialects.map(pathOfDialect).join(' or ')
    const words =
      operation.name === 'count_tokens'
        ? `The provider of "${name}" counts no tokens, and an estimate would pass for a count. Ask for a Claude model, or read the usage of an answer.`
        : `The model "${name}" is not served on this path. Use ${paths || 'another model'}.`
    throw new Refusal(400, 'wrong_dialect', words, { param: 'model', rule: 'model:dialects' })
  }
  return model
}

function candidateOf(exchange: Exchange, model: ModelEntry): Candidate {
  const organization = exchange.services.configuration.organizations.get(model.organizationId)
  const provider = organization?.providers.get(model.document.providerId)
  if (!provider) {
    const words = `The provider of "${model.document.identifier}" is not known to this gateway. Operations can see why in the fleet page.`
    throw new Refusal(503, 'provider_unavailable', words, { rule: 'provider:missing' })
  }
  if (!provider.document.enabled) {
    const words = `The provider ${provider.document.name} is switched off. Use a model of another provider.`
    throw new Refusal(403, 'provider_disabled', words, { rule: 'provider:disabled' })
  }
  return { model, provider }
}

function unavailable(model: ModelEntry, name: string): string {
  const { lifecycle, sunsetAt } = model.document
  if (lifecycle === 'blocked') return `The model "${name}" is blocked. Use another model of the catalog.`
  if (lifecycle === 'proposed' || lifecycle === 'under_review') {
    return `The model "${name}" is not approved yet. Use another model of the catalog.`
  }
  return `The model "${name}" was retired on ${sunsetAt}. Use another model of the catalog.`
}
