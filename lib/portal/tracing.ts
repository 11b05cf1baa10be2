import { env } from '#lib/platform/env.ts'

/**
 * Traces from the browser's request on, when an OTLP endpoint is set. Next.js makes the spans of requests and
 * of outgoing fetches and passes on `traceparent`; the gateway continues them up to the provider.
 */
export async function startTracing(): Promise<void> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = env()
  if (!endpoint) return
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ])
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` })
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'gatehouse-portal' }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  })
  provider.register()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void provider.shutdown())
}
