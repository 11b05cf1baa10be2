import { beforeAll, expect, test } from 'vitest'
import { requestExemption } from '#lib/exemptions/request-exemption.ts'
import type { Context } from '#lib/platform/context.ts'
import { createPolicy } from '#lib/policies/create-policy.ts'
import { createRisk } from '#lib/risks/create-risk.ts'
import { createWorkload } from '#lib/workloads/create-workload.ts'
import { makeBoard, type TestBoard } from '#test/board.ts'
import { publishSandboxCatalog } from '#test/catalog.ts'
import { DAY_MS, exemptionInput, inMs } from '#test/exemption-suite.ts'
import { makeOrganization } from '#test/organization.ts'
import { writeBrief } from '#test/whole-brief.ts'
import { searchEverything } from './queries.ts'

const NAME = 'Harbour'
let board: TestBoard
let developer: Context

beforeAll(async () => {
  board = await makeBoard()
  const { organization } = board
  developer = await organization.person(['developer'])
  const ctx = organization.admin
  const models = await publishSandboxCatalog(organization, { url: 'http://127.0.0.1:1' })
  const from = { kind: 'model', modelIds: [models.models['sandbox-gpt']] }
  await requestExemption({ ctx, input: exemptionInput(organization, { title: `${NAME} exemption`, ...from }) })
  await createRisk({
    ctx,
    input: {
      ...{ title: `${NAME} risk`, category: 'data', description: 'What can go wrong', plan: 'What is done' },
      ...{ likelihood: 5, impact: 4, residualLikelihood: 4, residualImpact: 4 },
      ...{ treatment: 'mitigate', reviewAt: inMs(30 * DAY_MS) },
    },
  })
  await createPolicy({ ctx, input: { kind: 'custom', name: `${NAME} policy` } })
  const team = { teamId: organization.teamId, ownerId: developer.actor.id ?? '' }
  await writeBrief(developer, { name: `${NAME} brief`, ...team, modelIds: [] })
  await createWorkload({ ctx, input: { slug: 'harbour', name: `${NAME} workload`, ...team } })
  const { id } = await board.session()
  const item = await board.motion(id)
  for (const voter of [board.chair, board.member, board.secretary]) await board.vote(item, voter, 'for')
  await board.decide(item)
})

const kindsOf = async (ctx: Context, text = NAME) =>
  [...new Set((await searchEverything(ctx, text)).map(({ kind }) => kind))].sort()

test('finds what is governed by its name, with the page of each', async () => {
  const { admin } = board.organization
  expect(await kindsOf(admin)).toEqual(['approval', 'brief', 'exemption', 'policy', 'risk', 'workload'])
  const found = await searchEverything(admin, NAME)
  for (const { kind, id, href } of found) expect({ kind, href: href.endsWith(`/${id}`) }).toEqual({ kind, href: true })
  expect(await kindsOf(board.chair, 'Proposal')).toEqual(['decision'])
  expect(await kindsOf(board.chair, 'Review board meeting')).toEqual(['meeting'])
})

test('shows nobody what their lists would not show', async () => {
  const colleague = await board.organization.person(['developer'], { teamId: null })
  expect(await kindsOf(colleague)).toEqual(['policy', 'workload'])
  expect(await kindsOf(developer)).toEqual(['brief', 'exemption', 'policy', 'workload'])
  expect(await kindsOf(developer, 'Proposal')).toEqual([])
  expect(await kindsOf(board.organization.serviceToken(['models.read']))).toEqual([])
  expect(await kindsOf((await makeOrganization()).admin)).toEqual([])
  for (const text of ['%', 'Harb_ur']) expect(await kindsOf(board.organization.admin, text)).toEqual([])
})
