import { findModel, type SandboxModel } from '../models.ts'
import { VendorError } from '../vendor-error.ts'

const PATHS = {
  chat: '/v1/chat/completions',
  embedding: '/v1/embeddings',
  moderation: '/v1/moderations',
} as const

/**
 * The model of a request on the OpenAI wire.
 *
 * @throws VendorError 404 for an unknown model, 400 for one of another kind
 */
export function findOpenAiModel(id: string, kind: SandboxModel['kind']): SandboxModel {
  const model = findModel('openai', id)
  if (!model) {
    const message = `The model \`${id}\` does not exist or you do not have access to it.`
    throw new VendorError(404, message, { code: 'model_not_found' })
  }
  if (model.kind !== kind) {
    throw new VendorError(400, `The model \`${id}\` is not supported by this endpoint. Use ${PATHS[model.kind]}.`, {
      param: 'model',
    })
  }
  return model
}
