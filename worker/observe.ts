import { createServer, type Server } from 'node:http'
import type { WorkerMetrics } from './metrics.ts'

export interface Observed {
  readonly host: string
  readonly port: number
  readonly metrics: WorkerMetrics
  /** Whether the job queue has its database. */
  isHealthy(): boolean
}

/** Serves `/healthz` and `/metrics` of a worker, for Kubernetes and Prometheus. Rejects when the port is in use. */
export async function serveObservation({ host, port, metrics, isHealthy }: Observed): Promise<Server> {
  const server = createServer(async (request, response) => {
    if (request.url === '/healthz') {
      const healthy = isHealthy()
      response.writeHead(healthy ? 200 : 503, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ status: healthy ? 'ok' : 'down' }))
    } else if (request.url === '/metrics') {
      const text = await metrics.registry.metrics().catch(() => null)
      response.writeHead(text === null ? 503 : 200, { 'content-type': metrics.registry.contentType })
      response.end(text ?? '')
    } else response.writeHead(404).end()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return server
}
