import { canonicalize } from 'json-canonicalize'
import { parse } from 'yaml'
import { openApproval } from '#lib/approvals/open-approval.ts'
import { UpdateModelInput } from '#lib/models/schema.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { invalid, notFound, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import { saveDraft } from '#lib/policies/save-draft.ts'
import { submitPolicy } from '#lib/policies/submit-policy.ts'
import { requireTierNames } from '#lib/tiers/tier-name.ts'
import { modelImportKind } from './model-import-kind.ts'
import { type ProposalDto, ProposeChangesInput } from './schema.ts'

interface Proposed {
  readonly path: string
  readonly content: string
  /** The field of the input, for what is wrong with it. */
  readonly field: string
  readonly reason: string
}

/**
 * Takes files of the repository, as somebody has changed them, as changes to be reviewed: a policy's text becomes its
 * draft and goes to Legal, a model's metadata goes before those who decide on the catalog. All of them or none. Throws
 * `invalid_input` naming the file for one that cannot be read, is of another kind, or changes what an import may not.
 */
export async function proposeChanges({ ctx, input }: VerbArgs): Promise<{ data: ProposalDto[] }> {
  requirePermission(ctx, 'artifacts.manage')
  const { files, reason } = parseInput(ProposeChangesInput, input)
  return transact(ctx, async tx => {
    const inside: Context = { ...ctx, tx }
    const data: ProposalDto[] = []
    for (const [index, { path, content }] of files.entries()) {
      const proposed = { path, content, reason, field: `files.${index}` }
      if (/^policy\/[\w-]+\.md$/.test(path)) data.push(await proposePolicy(tx, inside, proposed))
      else if (/^model\/[\w-]+\.yaml$/.test(path)) data.push(await proposeModel(tx, inside, proposed))
      else throw invalid(`${proposed.field}.path`, `${path}: only policy/*.md and model/*.yaml can come back.`)
    }
    return { data }
  })
}

async function proposePolicy(tx: Transaction, ctx: Context, { path, content, reason }: Proposed): Promise<ProposalDto> {
  const id = await recordAt(tx, ctx, 'policy', path)
  const { name, draft, draftRevision } = await tx.policy.findFirstOrThrow({
    where: { id, organizationId: ctx.organizationId },
  })
  const text = content.replaceAll('\r\n', '\n').trim()
  if (text === draft.trim()) return { path, name, outcome: 'unchanged', approvalId: null }
  await saveDraft({ ctx, input: { id, text, revision: draftRevision } })
  await submitPolicy({ ctx, input: { id, reason } })
  const asked = await tx.approvalRequest.findFirst({
    where: { organizationId: ctx.organizationId, subjectId: id, state: 'pending' },
    orderBy: { id: 'desc' },
    select: { id: true },
  })
  return { path, name, outcome: 'asked', approvalId: asked?.id ?? null }
}

async function proposeModel(tx: Transaction, ctx: Context, proposed: Proposed): Promise<ProposalDto> {
  const { path, reason, field } = proposed
  const id = await recordAt(tx, ctx, 'model', path)
  const kept = await tx.recordVersion.findFirstOrThrow({
    where: { organizationId: ctx.organizationId, kind: 'model', recordId: id },
    orderBy: { version: 'desc' },
  })
  const document = kept.document as Record<string, unknown>
  const given = readYaml(proposed)
  const changed = Object.entries(given).filter(
    ([key, value]) => !['kind', 'id', 'version'].includes(key) && !same(value, document[key]),
  )
  const name = kept.name
  if (changed.length === 0) return { path, name, outcome: 'unchanged', approvalId: null }
  const fixed = changed.map(([key]) => key).filter(key => key === 'id' || !(key in UpdateModelInput.shape))
  if (fixed.length > 0) throw invalid(`${field}.content`, `${path}: an import cannot change ${fixed.join(', ')}.`)
  const after = Object.fromEntries(changed)
  const valid = UpdateModelInput.safeParse({ id, ...after })
  if (!valid.success) {
    const [issue] = valid.error.issues
    throw invalid(`${field}.content`, `${path}: ${issue?.path.join('.')}: ${issue?.message}`)
  }
  const had = tiersOf(document)
  await requireTierNames(tx, ctx, valid.data.tiers ?? [], { had, field: `${field}.content` })
  const before = Object.fromEntries(changed.map(([key]) => [key, document[key] ?? null]))
  const request = await openApproval(tx, ctx, {
    kind: modelImportKind,
    subjectId: id,
    title: `Change ${name} as proposed in the repository`,
    reason,
    snapshot: { modelId: id, identifier: name, before, after },
    tiers: [...had, ...tiersOf(after)],
    rule: 'Imports are reviewed',
  })
  return { path, name, outcome: 'asked', approvalId: request.id }
}

function tiersOf({ tiers }: Record<string, unknown>): string[] {
  return Array.isArray(tiers) ? tiers.map(String) : []
}

/** The record that a file is of: paths end with the end of its id. */
async function recordAt(tx: Transaction, ctx: Context, kind: string, path: string): Promise<string> {
  const tail = /([0-9a-f]{8})\.\w+$/.exec(path)?.[1] ?? ''
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct record_id::text as id from record_versions
    where organization_id = ${ctx.organizationId}::uuid and kind = ${kind} and right(record_id::text, 8) = ${tail}`
  const [row] = rows
  if (!row || rows.length > 1) throw notFound(`${kind} at ${path}`)
  return row.id
}

function readYaml({ content, path, field }: Proposed): Record<string, unknown> {
  try {
    const read: unknown = parse(content, { maxAliasCount: 0 })
    if (read !== null && typeof read === 'object' && !Array.isArray(read)) return read as Record<string, unknown>
  } catch (error) {
    const [first] = String((error as Error).message).split('\n')
    throw invalid(`${field}.content`, `${path} is no YAML: ${first}`)
  }
  throw invalid(`${field}.content`, `${path} holds no fields.`)
}

function same(a: unknown, b: unknown): boolean {
  return canonicalize(a ?? null) === canonicalize(b ?? null)
}
