import { formatDate } from '#components/format.ts'
import type { Tone } from '#components/ui/badge.tsx'
import type { WorkloadLifecycle } from '#core/workloads/lifecycle.ts'
import type { KeyScope } from '#core/workloads/workload.ts'
import type { WorkloadDto } from '#lib/workloads/schema.ts'

export const LIFECYCLES: Readonly<Record<WorkloadLifecycle, { label: string; tone: Tone }>> = {
  development: { label: 'Development', tone: 'info' },
  staging: { label: 'Staging', tone: 'info' },
  production: { label: 'Production', tone: 'ok' },
  deprecated: { label: 'Deprecated', tone: 'warn' },
  decommissioned: { label: 'Decommissioned', tone: 'neutral' },
}

export const KEY_SCOPE_WORDS: Readonly<Record<KeyScope, string>> = {
  organization: 'any key',
  team: 'keys of its team',
  bound: 'keys bound to it',
}

const DAY_MS = 86_400_000

/** The workloads of an organization in a sentence: what most needs a look. */
export function workloadsTitle(workloads: readonly WorkloadDto[], now: number): string {
  const running = workloads.filter(({ lifecycle }) => lifecycle !== 'decommissioned')
  if (running.length === 0) return 'No workload is registered yet'
  const overdue = running.filter(one => Date.parse(one.reviewBy) <= now).length
  const production = running.filter(({ lifecycle }) => lifecycle === 'production').length
  const count = `${production} of ${running.length} workloads ${production === 1 ? 'is' : 'are'} in production`
  if (overdue === 0) return count
  return `${count}, ${overdue} ${overdue === 1 ? 'is' : 'are'} overdue for review`
}

/** A workload in a sentence. */
export function workloadTitle({ name, lifecycle, sunsetAt, requests }: WorkloadDto): string {
  if (lifecycle === 'decommissioned') return `${name} is decommissioned, and its calls are refused`
  if (lifecycle === 'deprecated') return `${name} ends${sunsetAt ? ` on ${formatDate(sunsetAt)}` : ''}`
  if (requests === 0) return `${name} is in ${lifecycle} and was not called in 30 days`
  return `${name} is in ${lifecycle}`
}

/** What follows from where a workload's review stands. */
export function reviewNote(reviewBy: string, now: number): { text: string; tone: Tone } {
  const days = Math.ceil((Date.parse(reviewBy) - now) / DAY_MS)
  if (days <= 0) return { text: 'Review overdue', tone: 'bad' }
  return { text: `Review by ${formatDate(reviewBy)}`, tone: days <= 30 ? 'warn' : 'neutral' }
}
