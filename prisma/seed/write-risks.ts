import { newId } from '#core/ids.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { installRisks } from '#lib/risks/install-risks.ts'
import { linkControl } from '#lib/risks/link-control.ts'
import type { ControlKind } from '#lib/risks/schema.ts'
import { SECURITY } from './northwind/people.ts'
import { DAY_MS, demand, type Scenario } from './scenario.ts'
import { contextOf } from './write-budgets.ts'
import { type SeededOrganization, seedContext } from './write-organization.ts'

interface Judged {
  risk: string
  owner: string
  /** Days until its review. */
  review: number
  controls: readonly (readonly [ControlKind, name: string, note: string])[]
}

/** How Northwind has made the common risks its own: owners, reviews, and what makes them smaller. */
const JUDGED: readonly Judged[] = [
  {
    ...{ risk: 'data-leaves', owner: 'Amina Khalil', review: 41 },
    controls: [
      ['guardrail', 'secret', 'Secrets never leave'],
      ['guardrail', 'card', 'Card numbers make a request Restricted'],
      ['guardrail', 'iban', 'So do account numbers'],
    ],
  },
  {
    ...{ risk: 'runaway-cost', owner: 'Grace Okafor', review: 18 },
    controls: [
      ['budget', 'All AI spend', 'The whole company’s month'],
      ['budget', 'Search relevance', 'Stops at its limit'],
    ],
  },
  {
    ...{ risk: 'prompt-injection', owner: 'Amina Khalil', review: -6 },
    controls: [['guardrail', 'prompt_injection', 'Counted, and looked at weekly']],
  },
  { ...{ risk: 'provider-outage', owner: 'Kenji Watanabe', review: 4 }, controls: [] },
  { ...{ risk: 'unlawful-processing', owner: 'Lucía Fernández', review: 63 }, controls: [] },
  { ...{ risk: 'wrong-answers', owner: 'Priya Raman', review: 27 }, controls: [] },
]

/** Writes the risk register of the demonstration; one stays high and is to be accepted, which nobody has done yet. */
export async function writeRisks(tx: Transaction, scenario: Scenario, { people }: SeededOrganization): Promise<void> {
  const { organizationId, now } = scenario
  const founded = new Date(now - 118 * DAY_MS)
  await installRisks(tx, { ...seedContext(organizationId, tx), at: founded }, newId)
  const ctx = contextOf(tx, scenario, demand(people, SECURITY), [], 37)
  for (const { risk: shippedKey, owner, review, controls } of JUDGED) {
    const { id } = await tx.risk.findFirstOrThrow({ where: { organizationId, shippedKey } })
    const data = { ownerId: demand(people, owner).id, reviewAt: new Date(now + review * DAY_MS) }
    await tx.risk.update({ where: { id }, data })
    for (const [kind, name, note] of controls) {
      const record =
        kind === 'guardrail'
          ? await tx.guardrail.findFirst({ where: { organizationId, detector: name } })
          : await tx.budget.findFirst({ where: { organizationId, name, keyId: null, exemptionId: null } })
      if (record) await linkControl({ ctx, input: { id, kind, recordId: record.id, note } })
    }
  }
  const accepted = { treatment: 'accept', residualLikelihood: 3, residualImpact: 4 }
  await tx.risk.updateMany({ where: { organizationId, shippedKey: 'unfair-outcomes' }, data: accepted })
}
