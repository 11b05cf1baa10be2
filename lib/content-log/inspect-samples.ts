import { completeJson } from '#core/content/complete-json.ts'
import type { ContentViolation } from '#core/content/content-audit.ts'
import type { RequestContent } from '#core/content/content-frame.ts'
import { readableContent } from '#core/content/readable-content.ts'
import { type DetectorRule, decide, type LocatedFinding, type TierRank } from '#core/guardrails/decide.ts'
import { extractText } from '#core/guardrails/extract-text.ts'
import { inspectText } from '#core/guardrails/inspect-text.ts'
import { compilePattern, type OrganizationPattern } from '#core/guardrails/organization-pattern.ts'
import { PatternForm } from '#core/guardrails/pattern-form.ts'
import { Actions } from '#lib/detectors/schema.ts'
import type { Context } from '#lib/platform/context.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import type { ContentKey, RequestContent as ContentRow } from '#prisma/generated/client.ts'
import { openEntry } from './find-content.ts'

/** Entries decrypted at a time. */
const CHUNK = 25

interface Inspection {
  readonly tiers: readonly (TierRank & { contentLogging: string })[]
  readonly rules: ReadonlyMap<string, DetectorRule>
  readonly patterns: readonly OrganizationPattern[]
  readonly keys: ReadonlyMap<string, ContentKey>
}

type SampledRow = ContentRow & { dialect: string }

/** Decrypts entries and runs the guardrails in force over them. Returns what should not be there. */
export async function inspectSamples(ctx: Context, ids: readonly string[]): Promise<ContentViolation[]> {
  const inspection = await read(ctx, tx => loadInspection(tx, ctx))
  const violations: ContentViolation[] = []
  for (let at = 0; at < ids.length; at += CHUNK) {
    const rows = await read(ctx, tx => loadRows(tx, ctx, ids.slice(at, at + CHUNK)))
    for (const row of rows) violations.push(...inspectRow(row, inspection))
  }
  return violations
}

async function loadInspection(tx: Transaction, { organizationId }: Context): Promise<Inspection> {
  const where = { organizationId }
  const guardrails = await tx.guardrail.findMany({ where })
  const patterns = await tx.detectorPattern.findMany({ where })
  const keys = await tx.contentKey.findMany({ where })
  return {
    tiers: await tx.tier.findMany({ where }),
    // Data that must not be kept must not be, whichever side it came from.
    rules: new Map(
      guardrails.map(rule => [rule.detector, { ...rule, appliesTo: 'both', actions: Actions.parse(rule.actions) }]),
    ),
    patterns: patterns.map(({ slug, pattern }) => compilePattern(slug, PatternForm.parse(pattern))),
    keys: new Map(keys.map(key => [key.id, key])),
  }
}

async function loadRows(tx: Transaction, { organizationId }: Context, ids: readonly string[]): Promise<SampledRow[]> {
  const rows = await tx.requestContent.findMany({ where: { organizationId, id: { in: [...ids] } } })
  const events = await tx.requestEvent.findMany({
    where: { organizationId, id: { in: [...ids] } },
    select: { id: true, dialect: true },
  })
  const dialects = new Map(events.map(({ id, dialect }) => [id, dialect]))
  return rows.map(row => ({ ...row, dialect: dialects.get(row.id) ?? '' }))
}

function inspectRow(row: SampledRow, inspection: Inspection): ContentViolation[] {
  let content: RequestContent
  try {
    content = openEntry(row, inspection.keys.get(row.keyId) ?? null)
  } catch {
    return [violation(row, 'unreadable', null)]
  }
  const tier = inspection.tiers.find(({ name }) => name === row.tier) ?? null
  const found = textsOf(row.dialect, content).flatMap(({ location, text }) =>
    inspectText(text, new Set(inspection.rules.keys()), inspection.patterns).map(
      ({ detector, kind }): LocatedFinding => ({ detector, kind, location, count: 1, maskable: true }),
    ),
  )
  const decision = decide(found, inspection.rules, inspection.tiers, tier)
  const raisedTo = inspection.tiers.find(({ name }) => name === decision.tier?.name)
  const tooStrict = decision.raisedBy !== null && isStricter(raisedTo?.contentLogging, row.logging)
  const wrong = decision.findings.filter(
    ({ action, shadow }) => !shadow && (action === 'block' || action === 'mask' || (action === 'raise' && tooStrict)),
  )
  const named = new Map(wrong.map(finding => [`${finding.detector} ${finding.kind} ${finding.location}`, finding]))
  return [...named.values()].map(finding => violation(row, 'detected', finding))
}

/** Every text that an entry holds, with its place. A request that does not parse is one text. */
function textsOf(dialect: string, content: RequestContent): { location: string; text: string }[] {
  const { request, response } = content
  const { answers } = readableContent(dialect, content)
  const several = (answers?.length ?? 0) > 1
  const said = answers?.flatMap((parts, choice) =>
    parts.map(({ text }, at) => ({ location: several ? `answer.${choice}.${at}` : `answer.${at}`, text })),
  )
  return [...requestTexts(request), ...(said ?? (response ? [{ location: 'answer', text: response.text }] : []))]
}

function requestTexts({ text, truncated }: RequestContent['request']): { location: string; text: string }[] {
  try {
    return extractText(JSON.parse(truncated ? completeJson(text) : text)).parts
  } catch {
    return [{ location: 'request', text }]
  }
}

const STRICTNESS = ['full', 'restricted', 'metadata']

function isStricter(logging: string | undefined, than: string): boolean {
  return STRICTNESS.indexOf(logging ?? 'metadata') > STRICTNESS.indexOf(than)
}

function violation(
  row: ContentRow,
  rule: ContentViolation['rule'],
  finding: Pick<LocatedFinding, 'detector' | 'kind' | 'location'> | null,
): ContentViolation {
  return {
    requestId: row.id,
    occurredAt: row.occurredAt.toISOString(),
    tier: row.tier,
    rule,
    detector: finding?.detector ?? null,
    kind: finding?.kind ?? null,
    location: finding?.location ?? null,
  }
}
