import type { OnlyForText } from '../../_components/only-for-fields.tsx'
import { toOnlyFor } from '../../_components/only-for-text.ts'

export const OTHER_PROVIDER = 'other'

/** What stands in the form, as typed. */
export type RequestText = {
  identifier: string
  providerId: string
  providerName: string
  upstreamModel: string
  dialect: string
  purpose: string
  alternatives: string
  teamId: string
  tiers: string[]
  requestsPerMonth: string
  costUsdPerMonth: string
  onlyFor: OnlyForText
}

export const EMPTY_REQUEST: RequestText = {
  identifier: '',
  providerId: '',
  providerName: '',
  upstreamModel: '',
  dialect: 'chat',
  purpose: '',
  alternatives: '',
  teamId: '',
  tiers: [],
  requestsPerMonth: '',
  costUsdPerMonth: '',
  onlyFor: { useCases: '', teamIds: [], workloads: '' },
}

/** What the verb takes of it; what is no number is passed on, for the verb to name the rule. */
export function toRequest({ dialect, providerId, ...text }: RequestText): object {
  const other = providerId === OTHER_PROVIDER
  const count = text.requestsPerMonth.replaceAll(',', '').trim()
  return {
    ...text,
    providerId: other ? null : providerId,
    providerName: other ? text.providerName : '',
    dialects: [dialect],
    teamId: text.teamId || null,
    requestsPerMonth: count === '' ? null : /^\d{1,9}$/.test(count) ? Number(count) : count,
    costUsdPerMonth: text.costUsdPerMonth.replaceAll(',', '').trim() || null,
    onlyFor: toOnlyFor(text.onlyFor),
  }
}
