import { eventFrame, messageEvents, messageOf } from './messages-answers.ts'
import { faultIn } from './prompts.ts'
import { sendEvents, sendJson, startVendorServer, type VendorServer } from './vendor-server.ts'

export const ANTHROPIC_KEY = 'sk-ant-api-key-of-the-suite'

/** Anthropic's wire: `x-api-key`, a version that must be named, named events, 529 when it is overloaded. */
export function startAnthropic(): Promise<VendorServer> {
  return startVendorServer((request, response) => {
    const { headers, path, body } = request
    if (headers['x-api-key'] !== ANTHROPIC_KEY)
      return sendJson(response, 401, failure('authentication_error', 'invalid x-api-key'))
    if (!headers['anthropic-version']) {
      return sendJson(response, 400, failure('invalid_request_error', 'anthropic-version: header is required'))
    }
    if (path === '/v1/models')
      return sendJson(response, 200, { data: [{ type: 'model', id: 'claude-opus' }], has_more: false })
    if (path === '/v1/messages/count_tokens') return sendJson(response, 200, { input_tokens: 11 })
    if (path !== '/v1/messages') return sendJson(response, 404, failure('not_found_error', 'Not found'))
    if (body.model !== 'claude-opus') return sendJson(response, 404, failure('not_found_error', `model: ${body.model}`))
    if (faultIn(request) === 'overloaded') return sendJson(response, 529, failure('overloaded_error', 'Overloaded'))
    if (body.stream !== true) return sendJson(response, 200, messageOf(request, 'claude-opus'))
    const frames = messageEvents(request, 'claude-opus').map(eventFrame)
    if (faultIn(request) === 'mid-stream') {
      frames.push(`event: error\ndata: ${JSON.stringify(failure('overloaded_error', 'Overloaded'))}\n\n`)
    }
    return sendEvents(response, ['event: ping\ndata: {"type":"ping"}\n\n', ...frames])
  })
}

function failure(type: string, message: string): object {
  return { type: 'error', error: { type, message }, request_id: 'req_1' }
}
