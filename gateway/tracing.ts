import type { Exchange } from './exchange.ts'

/** The spans of one request. */
export interface RequestSpan {
  /** Adds the header that lets the provider continue the trace. */
  inject(headers: string[]): void
  end(exchange: Exchange): void
}

/** Where traces go. */
export interface Tracing {
  startRequest(exchange: Exchange): RequestSpan
  stop(): Promise<void>
}

/** Exports traces when an endpoint is set; otherwise nothing of OpenTelemetry is even loaded. */
export async function openTracing(endpoint: string | undefined, replica: string): Promise<Tracing | null> {
  if (!endpoint) return null
  const { startTracing } = await import('./open-telemetry.ts')
  return startTracing(endpoint, replica)
}
