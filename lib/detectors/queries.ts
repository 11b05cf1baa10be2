import 'server-only'
import { DETECTORS } from '#core/guardrails/detector.ts'
import { PatternForm } from '#core/guardrails/pattern-form.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import type { DetectorPattern, Guardrail } from '#prisma/generated/client.ts'
import { detectorName, PATTERN_PREFIX } from './detector-name.ts'
import { Actions, appliesToOf, type DetectorDto } from './schema.ts'

const WEEK_MS = 7 * 86_400_000
const ORDER = Object.keys(DETECTORS)

/** Every detector's rule with what it found in seven days: the shipped ones in their order, then the own ones. */
export function listDetectors(ctx: Context): Promise<DetectorDto[]> {
  requirePermission(ctx, 'guardrails.read')
  return read(ctx, async tx => {
    const rules = await tx.guardrail.findMany({ where: { organizationId: ctx.organizationId } })
    const place = (rule: Guardrail) => ORDER.indexOf(rule.detector) + 1 || ORDER.length + 1
    rules.sort((a, b) => place(a) - place(b) || (a.detector < b.detector ? -1 : 1))
    const dtos: DetectorDto[] = []
    for (const rule of rules) dtos.push(await detectorDto(tx, ctx, rule))
    return dtos
  })
}

/** A rule as the portal and the API show it. */
export async function detectorDto(tx: Transaction, ctx: Context, rule: Guardrail): Promise<DetectorDto> {
  const { id, detector, enabled, shadow, raiseTo } = rule
  const where = { organizationId: ctx.organizationId, detector, occurredAt: { gte: new Date(Date.now() - WEEK_MS) } }
  const sum = async (more: object) => {
    const { _sum } = await tx.dlpEvent.aggregate({ where: { ...where, ...more }, _sum: { count: true } })
    return _sum.count ?? 0
  }
  const slug = detector.slice(PATTERN_PREFIX.length)
  const own = detector.startsWith(PATTERN_PREFIX)
    ? await tx.detectorPattern.findFirst({ where: { organizationId: ctx.organizationId, slug } })
    : null
  return {
    id,
    detector,
    name: await detectorName(tx, ctx, detector),
    enabled,
    shadow,
    raiseTo,
    appliesTo: appliesToOf(rule),
    actions: Actions.parse(rule.actions),
    pattern: own ? inWords(own) : null,
    found: await sum({}),
    blocked: await sum({ action: 'block', shadow: false }),
    falsePositives: await sum({ feedback: 'false_positive' }),
  }
}

function inWords({ pattern }: DetectorPattern): string {
  const form = PatternForm.parse(pattern)
  if (form.form === 'template') return form.templates.join(', ')
  if (form.form === 'keywords') return form.words.join(', ')
  return `${form.hashes.length} entries, kept as keyed hashes`
}
