import { expect, test } from 'vitest'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { publishSandboxCatalog } from '#test/catalog.ts'
import { makeOrganization } from '#test/organization.ts'
import { createTier } from './create-tier.ts'
import { listTiers, tierHistory } from './queries.ts'
import { tierMatrix } from './tier-matrix.ts'
import { updateTier } from './update-tier.ts'

test('the matrix says what may go where as gateways have it, and why not', async () => {
  const org = await makeOrganization()
  await installGuardrails({ ctx: org.admin, input: {} })
  await publishSandboxCatalog(org, { url: 'http://127.0.0.1:9', region: 'eu-west' })
  const before = await tierMatrix(org.admin)
  expect(before.tiers.map(({ name }) => name)).toEqual(['Public', 'Internal', 'Restricted'])
  const reachOf = (matrix: typeof before) =>
    Object.fromEntries(
      (matrix.models.find(({ identifier }) => identifier === 'sandbox-gpt')?.reach ?? []).map(one => [
        one.tier,
        one.whyNot,
      ]),
    )
  expect(reachOf(before)).toEqual({ Public: null, Internal: null, Restricted: 'Not approved for this tier' })
  const internal = (await listTiers(org.admin)).find(({ name }) => name === 'Internal')
  const change = { id: internal?.id, regions: ['ch-zurich'], reason: 'Only at home' }
  await updateTier({ ctx: org.admin, input: change })
  const after = await tierMatrix(org.admin)
  expect(reachOf(after).Internal).toBe('Runs in eu-west, the tier stays in ch-zurich')
  expect(after.tiers[1]?.effects).toContain('Stays in ch-zurich')
  const [newest] = await tierHistory(org.admin, internal?.id ?? '')
  expect(newest).toMatchObject({ version: 2, reason: 'Only at home', authorName: 'Test administrator' })
  expect(newest?.changes).toEqual([{ field: 'regions', before: 'any', after: 'ch-zurich' }])
})

test('nobody of another organization reads a tier’s history, and nobody without a role the matrix', async () => {
  const [here, elsewhere] = [await makeOrganization(), await makeOrganization()]
  const tier = await createTier({ ctx: here.admin, input: { name: 'Sealed', rank: 5 } })
  expect(await tierHistory(here.admin, tier.id)).toHaveLength(1)
  await expect(tierHistory(elsewhere.admin, tier.id)).rejects.toMatchObject({ kind: 'not_found' })
  const developer = await here.person(['developer'])
  expect(() => tierMatrix(developer)).toThrow(/guardrails.read/)
})
