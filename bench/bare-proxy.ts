import Fastify from 'fastify'
import { Pool } from 'undici'

/**
 * The yardstick: a Fastify + undici proxy that parses the body, forwards it and parses the answer (or passes a stream
 * on as it comes), and does nothing else. What any gateway on this stack adds shows against it.
 */
const [upstream = '', port = ''] = process.argv.slice(2)
const pool = new Pool(upstream, { connections: 1_024 })
const app = Fastify({ bodyLimit: 64 * 1024 * 1024 })

app.post('/v1/chat/completions', async (request, reply) => {
  const answer = await pool.request({
    path: request.url,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer x' },
    body: JSON.stringify(request.body),
  })
  const type = String(answer.headers['content-type'] ?? 'application/json')
  reply.code(answer.statusCode).header('content-type', type)
  if (type.startsWith('text/event-stream')) return reply.send(answer.body)
  const body = Buffer.from(await answer.body.arrayBuffer())
  JSON.parse(body.toString())
  return reply.send(body)
})

await app.listen({ port: Number(port), host: '127.0.0.1' })
