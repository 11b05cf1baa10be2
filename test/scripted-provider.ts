import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type CatalogOptions, publishSandboxCatalog, type SandboxCatalog } from './catalog.ts'
import { until } from './gateway.ts'
import type { GovernedSuite } from './governed-suite.ts'

/** A provider whose every byte a test decides, for what the sandbox never says. */
export interface ScriptedProvider {
  /** Its models: those of the sandbox, named with `scripted-` in front. */
  catalog: SandboxCatalog
  /** What it got last. */
  readonly last: { url: string; headers: IncomingHttpHeaders; body: string }
  /** How it answers from now on. */
  answers(respond: (response: ServerResponse) => void): void
  stop(): void
}

/** Starts one and waits until the suite's gateway knows its models. */
export async function startScriptedProvider(
  suite: GovernedSuite,
  options: Partial<CatalogOptions> = {},
): Promise<ScriptedProvider> {
  let respond = (response: ServerResponse): void => void response.writeHead(500).end()
  let last: ScriptedProvider['last'] = { url: '', headers: {}, body: '' }
  const server = createServer(async (request, response) => {
    last = { url: request.url ?? '', headers: request.headers, body: await text(request) }
    respond(response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const catalog = await publishSandboxCatalog(suite.org, {
    url: `http://127.0.0.1:${port}`,
    prefix: 'scripted-',
    ...options,
  })
  await until('the models are known', async () => {
    const headers = { authorization: `Bearer ${suite.key}` }
    const answer = await fetch(`${suite.gateway.url}/v1/models/scripted-sandbox-claude`, { headers })
    await answer.arrayBuffer()
    return answer.ok
  })
  return {
    catalog,
    get last() {
      return last
    },
    answers: given => {
      respond = given
    },
    stop: () => void server.close(),
  }
}

/** Answers with this text. */
export function withText(body: string, status = 200, type = 'application/json', headers: OutgoingHttpHeaders = {}) {
  return (response: ServerResponse): void =>
    void response.writeHead(status, { 'content-type': type, ...headers }).end(body)
}

/** Answers with a JSON body. */
export const withJson = (body: unknown) => withText(JSON.stringify(body))

/** Answers with a stream: named events for those that have a type, plain data for the others. */
export function withStream(events: readonly object[], end = '') {
  const frames = events.map(event => {
    const name = 'type' in event ? `event: ${event.type}\n` : ''
    return `${name}data: ${JSON.stringify(event)}\n\n`
  })
  return withText(frames.join('') + end, 200, 'text/event-stream')
}
