import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import { completionTokens, promptTokens } from '#core/pricing/token-usage.ts'
import { isVertexAddress } from '#core/provider-address.ts'
import type { Exchange } from './exchange.ts'
import type { RequestSpan, Tracing } from './tracing.ts'

/** Provider names of the GenAI semantic conventions; a kind without one goes by its own. */
const GENAI_PROVIDERS: Readonly<Record<string, string>> = {
  azure_openai: 'azure.ai.openai',
  google: 'gcp.gemini',
  aws_bedrock: 'aws.bedrock',
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/

/** Operation names of the GenAI semantic conventions. */
const GENAI_OPERATIONS: Readonly<Record<string, string>> = {
  chat: 'chat',
  messages: 'chat',
  responses: 'chat',
  completions: 'text_completion',
  embeddings: 'embeddings',
}

/**
 * Exports a server span for each request, within the caller's trace, and in it a client span for the provider's call,
 * with the attributes of OpenTelemetry's semantic conventions for generative AI. Content is never exported.
 */
export function startTracing(endpoint: string, replica: string): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` })
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'gatehouse-gateway', 'service.instance.id': replica }),
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: 1_000 })],
  })
  const tracer = provider.getTracer('gatehouse-gateway')
  return {
    startRequest(exchange) {
      const parent = parentContext(exchange.header('traceparent'))
      const span = tracer.startSpan(
        `POST ${exchange.operation.path}`,
        { kind: SpanKind.SERVER, attributes: { 'http.request.method': 'POST', 'url.path': exchange.path } },
        parent,
      )
      const call = () =>
        tracer.startSpan(exchange.operation.name, { kind: SpanKind.CLIENT }, trace.setSpan(ROOT_CONTEXT, span))
      exchange.traceId = span.spanContext().traceId
      return new ExchangeSpans(span, call)
    },
    stop: () => provider.shutdown().catch(() => {}),
  }
}

class ExchangeSpans implements RequestSpan {
  readonly #server: Span
  readonly #startCall: () => Span
  #call: Span | null = null

  constructor(server: Span, startCall: () => Span) {
    this.#server = server
    this.#startCall = startCall
  }

  inject(headers: string[]): void {
    this.#call ??= this.#startCall()
    const { traceId, spanId, traceFlags } = this.#call.spanContext()
    headers.push('traceparent', `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`)
  }

  end(exchange: Exchange): void {
    this.#server.setAttributes({
      'http.response.status_code': exchange.status,
      'gatehouse.request_id': exchange.id,
      'gatehouse.outcome': exchange.outcome,
      'gatehouse.overhead_ms': exchange.overheadMs(),
    })
    if (exchange.key) this.#server.setAttribute('gatehouse.team_id', exchange.key.document.teamId)
    if (this.#call) describeCall(this.#call, exchange)
    if (exchange.outcome !== 'ok') {
      for (const span of [this.#call, this.#server]) {
        span?.setAttribute('error.type', exchange.errorCode ?? exchange.outcome)
        span?.setStatus({ code: SpanStatusCode.ERROR })
      }
    }
    this.#call?.end()
    this.#server.end()
  }
}

/** Names the provider's call and gives it the attributes of the conventions, as far as they are known. */
function describeCall(span: Span, exchange: Exchange): void {
  const { served, usage, body } = exchange
  const operation = GENAI_OPERATIONS[exchange.operation.name] ?? exchange.operation.name
  const model = served?.model.document.upstreamModel ?? ''
  const kind = served?.provider.document.kind ?? ''
  const isVertex = kind === 'google' && isVertexAddress(served?.provider.base.href ?? '')
  span.updateName(`${operation} ${model}`.trim())
  span.setAttributes({
    'gen_ai.operation.name': operation,
    'gen_ai.provider.name': isVertex ? 'gcp.vertex_ai' : (GENAI_PROVIDERS[kind] ?? kind),
    'gen_ai.request.model': model,
    'server.address': served?.provider.base.hostname ?? '',
  })
  const parameters = {
    'gen_ai.request.max_tokens': body.max_tokens ?? body.max_completion_tokens ?? body.max_output_tokens,
    'gen_ai.request.temperature': body.temperature,
    'gen_ai.request.top_p': body.top_p,
    'gen_ai.request.choice.count': body.n,
  }
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof value === 'number') span.setAttribute(name, value)
  }
  if (!usage) return
  span.setAttributes({
    'gen_ai.usage.input_tokens': promptTokens(usage),
    'gen_ai.usage.output_tokens': completionTokens(usage),
    'gen_ai.usage.cache_read.input_tokens': usage.cachedInput,
    'gen_ai.usage.cache_creation.input_tokens': usage.cacheWrite5m + usage.cacheWrite1h,
  })
}

/** The caller's span as parent, after W3C Trace Context; a new trace when there is none. */
function parentContext(header: string | undefined): Context {
  const match = header ? TRACEPARENT.exec(header) : null
  const [, traceId, spanId, flags] = match ?? []
  if (!traceId || !spanId || !flags || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return ROOT_CONTEXT
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
  })
}
