import { readPolicy } from '#core/policies/read-policy.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { invalid, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockPolicy } from './find-policy.ts'
import { changePolicy } from './keep-policy.ts'
import { linkTargets } from './link-targets.ts'
import { policyDto } from './policy-dto.ts'
import { shownText } from './policy-text.ts'
import { LinkClauseInput, type PolicyDto, StoredLinks } from './schema.ts'

/** Says what enforces a clause, in the place of what was said before; no link says that it is on paper only. */
export async function linkClause({ ctx, input }: VerbArgs): Promise<PolicyDto> {
  requirePermission(ctx, 'policies.manage')
  const { id, reason, clause, links } = parseInput(LinkClauseInput, input)
  return transact(ctx, async tx => {
    const before = await lockPolicy(tx, ctx, id)
    const texts = [before.draft, await shownText(tx, before)]
    if (!texts.some(text => readPolicy(text).clauses.some(({ ref }) => ref === clause))) {
      throw invalid('clause', `${before.name} has no clause ${clause}.`)
    }
    const targets = links.length > 0 ? await linkTargets(tx, ctx, [...new Set(links.map(({ kind }) => kind))]) : []
    const stored = links.map((link, index) => {
      const target = targets.find(({ kind, id }) => kind === link.kind && id === link.id)
      if (!target) throw invalid(`links.${index}.id`, 'There is no such record to link to.')
      return { ...link, name: target.name }
    })
    const { [clause]: _, ...others } = StoredLinks.parse(before.clauseLinks)
    const clauseLinks = stored.length > 0 ? { ...others, [clause]: stored } : others
    const action = 'policy.clause_linked'
    return policyDto(tx, ctx, await changePolicy(tx, ctx, before, { clauseLinks }, { action, reason }))
  })
}
