import { answerChat } from './chat-answers.ts'
import { sendJson, startVendorServer, type VendorServer } from './vendor-server.ts'

export const COMPATIBLE_KEY = 'compatible-key-of-the-suite'

/** A gateway of somebody's own: a path of its own, and a key in a header of its own. */
export function startOpenAiCompatible(): Promise<VendorServer> {
  return startVendorServer((request, response) => {
    if (request.headers['x-llm-token'] !== COMPATIBLE_KEY || request.headers.authorization !== undefined) {
      return sendJson(response, 401, { error: { message: 'No token.' } })
    }
    if (request.path === '/llm/api/models') return sendJson(response, 200, { data: [{ id: 'llama' }] })
    if (request.path !== '/llm/api/chat/completions') return sendJson(response, 404, { error: { message: 'Where?' } })
    return answerChat(request, response, { error: { error: { message: 'out of memory', code: 500 } } })
  })
}
