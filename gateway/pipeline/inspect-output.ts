import { extractAnswer, type TextPart } from '#core/guardrails/extract-text.ts'
import { maskText } from '#core/guardrails/mask-text.ts'
import { mayKeep } from '#gateway/cache/repeatable.ts'
import type { InspectionPlan } from '#gateway/config/guardrails.ts'
import { forgetStream } from '#gateway/content/keep-content.ts'
import { refusalBody } from '#gateway/dialects/error-body.ts'
import type { Answer, Exchange } from '#gateway/exchange.ts'
import { decideFor } from '#gateway/exemptions/waive-guardrails.ts'
import { answerNotInspected } from '#gateway/inspection/answer-guard.ts'
import { ANSWER, contentBlocked, locate, noteDecision } from '#gateway/inspection/apply-findings.ts'
import type { Found } from '#gateway/inspection/inspector.ts'
import { inspectKeptStream } from '#gateway/inspection/kept-stream.ts'
import type { Refusal } from '#gateway/refusal.ts'
import type { PipelineStage } from './stage.ts'

/** Looks for what guardrails name in the answer: a whole one before it is sent, a stream has been read as it passed. */
export const inspectOutput: PipelineStage = {
  name: 'inspect_output',
  run(exchange) {
    const { answer, operation, status, upstreamHeaders } = exchange
    if (exchange.committed) return settleStream(exchange)
    if (!answer || status >= 400 || !operation.generates) return
    const organization = exchange.services.configuration.organizations.get(exchange.key?.organizationId ?? '')
    const plan = organization?.guardrails.plan
    if (!plan || plan.wanted.size === 0) return
    // What was asked for as a stream may come whole, and a stream that was kept comes at once.
    const isStream = upstreamHeaders['content-type']?.startsWith('text/event-stream')
    return isStream ? inspectKept(exchange, plan, answer) : inspectWhole(exchange, plan, answer)
  },
}

/** A stream has been read as it passed, but for what it said last before it broke off. */
function settleStream(exchange: Exchange): void | Promise<void> {
  const { answerGuard } = exchange
  const settle = (stopped: Refusal | null) => {
    if (stopped) forgetStream(exchange)
    answerGuard?.close()
    settleTier(exchange)
  }
  const stopped = answerGuard?.readRest() ?? null
  return stopped instanceof Promise ? stopped.then(settle) : settle(stopped)
}

function inspectKept(exchange: Exchange, plan: InspectionPlan, answer: Answer): void | Promise<void> {
  const settle = (stopped: Refusal | null) => {
    refuse(exchange, stopped)
    settleTier(exchange)
  }
  const stopped = inspectKeptStream(exchange, plan, answer.body)
  return stopped instanceof Promise ? stopped.then(settle) : settle(stopped)
}

function inspectWhole(exchange: Exchange, plan: InspectionPlan, answer: Answer): void | Promise<void> {
  try {
    const value: unknown = exchange.parsedAnswer ?? JSON.parse(answer.body.toString('utf8'))
    if (typeof value !== 'object' || value === null) return
    const body = value as Record<string, unknown>
    const parts = extractAnswer(body)
    const found = exchange.services.inspector.inspect(
      plan,
      parts.map(part => part.text),
    )
    if (!(found instanceof Promise)) return apply(exchange, plan, body, parts, found)
    return found.then(
      late => apply(exchange, plan, body, parts, late),
      error => refuse(exchange, answerNotInspected(exchange, error)),
    )
  } catch (error) {
    refuse(exchange, answerNotInspected(exchange, error))
  }
}

function apply(
  exchange: Exchange,
  plan: InspectionPlan,
  body: Record<string, unknown>,
  parts: readonly TextPart[],
  found: readonly Found[],
): void {
  if (found.every(findings => findings.length === 0)) return
  const located = locate(
    parts.map(part => ({ ...part, location: ANSWER + part.location })),
    found,
  )
  const decision = decideFor(exchange, plan, located, 'answer')
  noteDecision(exchange, decision)
  settleTier(exchange)
  if (decision.blocked) {
    refuse(exchange, contentBlocked(decision.blocked))
    return
  }
  const masked = new Set(decision.findings.filter(one => one.action === 'mask' && !one.shadow).map(one => one.detector))
  if (masked.size === 0 || !exchange.answer) return
  for (const [at, part] of parts.entries()) {
    const hits = (found[at] ?? []).filter(finding => masked.has(finding.detector))
    if (hits.length > 0) part.replace?.(maskText(part.text, hits))
  }
  dropTokens(body)
  exchange.answer.body = Buffer.from(JSON.stringify(body))
}

/** The text comes again, token by token, with the probabilities. */
function dropTokens({ choices }: Record<string, unknown>): void {
  if (!Array.isArray(choices)) return
  for (const choice of choices) if (choice?.logprobs) choice.logprobs = null
}

/** Sends the refusal instead of the answer. What the model wrote was paid for, so what follows goes on as usual. */
function refuse(exchange: Exchange, refusal: Refusal | null): void {
  if (!refusal) return
  exchange.status = refusal.status
  exchange.outcome = refusal.outcome
  exchange.errorCode = refusal.code
  exchange.message = refusal.message
  const body = refusalBody(exchange, refusal)
  exchange.answer = { status: refusal.status, headers: refusal.headers, body }
}

/** The answer may have raised the tier: evidence carries it, and what is not to be kept is not kept. */
function settleTier({ tier, attribution, cache }: Exchange): void {
  if (!tier) return
  attribution.dataClass = tier.name
  if (cache && !mayKeep(tier)) cache.place = null
}
