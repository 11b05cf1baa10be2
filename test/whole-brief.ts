import { createBrief } from '#lib/briefs/create-brief.ts'
import { saveBrief } from '#lib/briefs/save-brief.ts'
import type { BriefDetailDto } from '#lib/briefs/schema.ts'
import type { Context } from '#lib/platform/context.ts'

/** What a brief has to say before it can be submitted, without its models. */
export const WHOLE_CONTENT = {
  objective: 'Sort incoming claims so that urgent ones are read first',
  currentState: 'Two people read all of them every morning',
  approach: 'A model marks urgency; people keep the order',
  inputTier: 'Internal',
  outputTier: 'Public',
  metrics: [{ name: 'Urgent claims found', minimum: '90 %', target: '97 %' }],
  latencyMs: 2_000,
  requestsPerDay: 400,
  costPerCallUsd: '0.05',
  costPerMonthUsd: '250',
  inScope: 'Claims in English and German',
  outOfScope: 'Deciding on a claim',
  rollback: 'Below the minimum for a week: people sort again',
  decommission: 'When claims come with their urgency',
  autonomy: 'suggests' as const,
  oversight: 'The shift lead looks at ten a day',
  peopleAffected: 'Policy holders, in how soon they are answered',
}

/** A brief that lacks nothing, written by somebody and not submitted yet. */
export async function writeBrief(
  ctx: Context,
  terms: { name: string; teamId: string; ownerId: string; modelIds: string[]; content?: object; workloadId?: string },
): Promise<BriefDetailDto> {
  const { name, teamId, ownerId, modelIds, content, workloadId = null } = terms
  const { id } = await createBrief({ ctx, input: { name, teamId, workloadId } })
  return saveBrief({ ctx, input: { id, ownerId, content: { ...WHOLE_CONTENT, modelIds, ...content } } })
}
