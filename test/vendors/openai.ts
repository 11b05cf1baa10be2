import { answerChat } from './chat-answers.ts'
import { faultIn } from './prompts.ts'
import { sendJson, startVendorServer, type VendorServer } from './vendor-server.ts'

export const OPENAI_KEY = 'sk-proj-openai-key-of-the-suite'

/** OpenAI's wire: bearer key, `/v1`, errors with type and code, an error frame inside a stream. */
export function startOpenAi(): Promise<VendorServer> {
  return startVendorServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${OPENAI_KEY}`) {
      const given = request.headers.authorization?.replace('Bearer ', '') ?? ''
      return sendJson(response, 401, failure(`Incorrect API key provided: ${given}.`, 'invalid_api_key'))
    }
    if (request.path === '/v1/models') {
      return sendJson(response, 200, { object: 'list', data: [{ id: 'gpt-5.2', object: 'model' }] })
    }
    if (request.path !== '/v1/chat/completions') return sendJson(response, 404, failure('Unknown path.', null))
    if (request.body.model !== 'gpt-5.2') return sendJson(response, 404, failure('No such model.', 'model_not_found'))
    if (faultIn(request) === 'overloaded') {
      const body = { error: { message: 'The engine is overloaded.', type: 'server_error', param: null, code: null } }
      return sendJson(response, 503, body)
    }
    const error = { message: 'The server had an error.', type: 'server_error', param: null, code: null }
    return answerChat(request, response, { error: { error } })
  })
}

function failure(message: string, code: string | null): object {
  return { error: { message, type: 'invalid_request_error', param: null, code } }
}
