import { beforeAll, expect, test } from 'vitest'
import { proposeChanges } from '#lib/artifacts/propose-changes.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { createTier } from '#lib/tiers/create-tier.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { changeModelLifecycle } from './change-model-lifecycle.ts'
import { createModel } from './create-model.ts'
import { getModel } from './queries.ts'
import { requestModelLifecycle } from './request-model-lifecycle.ts'
import { updateModel } from './update-model.ts'

let here: TestOrganization
let providerId: string
let old: string

beforeAll(async () => {
  here = await makeOrganization()
  providerId = (await createProvider({ ctx: here.admin, input: { name: 'OpenAI', kind: 'openai' } })).id
  old = await create(['Gold'])
  for (const [rank, name] of ['Public', 'Internal'].entries()) {
    await createTier({ ctx: here.admin, input: { name, rank: (rank + 1) * 10, contentLogging: 'metadata' } })
  }
})

let count = 0
async function create(tiers: string[]): Promise<string> {
  const input = { providerId, identifier: `tiered-${++count}`, dialects: ['chat'], tiers }
  return (await createModel({ ctx: here.admin, input })).id
}

const change = (id: string, tiers: string[]) => ({ id, lifecycle: 'approved', reason: 'It may', tiers })
const file = (id: string, tiers: string[]) => ({
  path: `model/tiered-${id.slice(-8)}.yaml`,
  content: JSON.stringify({ tiers }),
})

const VERBS: Record<string, (id: string, tiers: string[]) => Promise<unknown>> = {
  createModel: (_, tiers) => create(tiers),
  updateModel: (id, tiers) => updateModel({ ctx: here.admin, input: { id, tiers } }),
  changeModelLifecycle: (id, tiers) => changeModelLifecycle({ ctx: here.admin, input: change(id, tiers) }),
  requestModelLifecycle: (id, tiers) => requestModelLifecycle({ ctx: here.admin, input: change(id, tiers) }),
  proposeChanges: (id, tiers) =>
    proposeChanges({ ctx: here.admin, input: { files: [file(id, tiers)], reason: 'It may' } }),
}

test.each(Object.keys(VERBS))('%s refuses a tier that there is not, and tells which there are', async verb => {
  const id = await create(['Public'])
  await expect(VERBS[verb]?.(id, ['Public', 'Secrett'])).rejects.toMatchObject({
    kind: 'invalid_input',
    fields: [
      {
        field: verb === 'proposeChanges' ? 'files.0.content' : 'tiers',
        message: 'There is no tier Secrett. There are Public, Internal.',
      },
    ],
  })
  expect((await getModel(here.admin, id)).tiers).toEqual(['Public'])
})

test('a tier is found in any case, and kept as the organization writes it', async () => {
  const id = await create(['public'])
  expect((await getModel(here.admin, id)).tiers).toEqual(['Public'])
  expect(
    (await updateModel({ ctx: here.admin, input: { id, tiers: ['internal', 'PUBLIC', 'Public'] } })).tiers,
  ).toEqual(['Internal', 'Public'])
})

test('a tier of before the data was classified stays until it is taken away', async () => {
  const model = await updateModel({ ctx: here.admin, input: { id: old, tiers: ['Gold', 'public'] } })
  expect(model.tiers).toEqual(['Gold', 'Public'])
  await updateModel({ ctx: here.admin, input: { id: old, tiers: ['Public'] } })
  await expect(VERBS.updateModel?.(old, ['Gold'])).rejects.toMatchObject({ kind: 'invalid_input' })
})
