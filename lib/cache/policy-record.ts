import { type CachePolicyDocument, CacheRules, type CacheScope } from '#core/cache/cache-policy.ts'
import type { CachePolicy } from '#prisma/generated/client.ts'

/** The parts of a stored policy that are JSON or texts, read by their schemas. */
export function readPolicy(policy: CachePolicy): { scope: CacheScope; rules: CacheRules } {
  return { scope: policy.scope as CacheScope, rules: CacheRules.parse(policy.rules) }
}

/** A policy as gateways run it. */
export function policyDocument(policy: CachePolicy): CachePolicyDocument {
  const { scope, rules } = readPolicy(policy)
  return { ...rules, name: policy.name, scope, target: policy.target }
}

export interface PolicyChange {
  field: string
  before: string | null
  after: string | null
}

/** What differs between two states of a policy, in words; everything when there was none before. */
export function policyChanges(before: CachePolicy | null, after: CachePolicy): PolicyChange[] {
  const [old, now] = [before ? inWords(before) : null, inWords(after)]
  return Object.entries(now)
    .map(([field, text]) => ({ field, before: old?.[field as keyof typeof now] ?? null, after: text }))
    .filter(change => change.before !== change.after)
}

function inWords(policy: CachePolicy) {
  const { rules } = readPolicy(policy)
  return {
    name: policy.name,
    state: policy.archivedAt ? 'archived' : rules.enabled ? 'on' : 'off',
    'kept for': `${rules.ttlSeconds} s`,
    'shared among keys of': rules.sharing === 'key' ? 'nobody else' : `the ${rules.sharing}`,
    'shared by replicas': rules.shared ? 'yes' : 'no',
    'only temperature 0': rules.deterministicOnly ? 'yes' : 'no',
    'requests with tools': rules.includeTools ? 'yes' : 'no',
    'largest answer': `${rules.maxAnswerBytes} bytes`,
    'memory on each replica': `${rules.maxBytes} bytes`,
  }
}
