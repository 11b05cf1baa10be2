import { stringify } from 'yaml'

/** A version of a governed record, as it goes into the repository. */
export interface ArtifactVersion {
  /** As in the audit log: `budget`, `policy`. */
  readonly kind: string
  readonly id: string
  readonly name: string
  readonly version: number
  readonly document: Readonly<Record<string, unknown>>
  readonly changes: readonly { field: string; before: string | null; after: string | null }[]
  readonly reason: string
  readonly authorName: string
  readonly approval: { id: string; requesterName: string; approverNames: readonly string[] } | null
  readonly at: Date
}

export interface ArtifactFile {
  readonly path: string
  readonly content: string
}

/** Fields that hold a text for people: the Markdown file is that text and nothing else, so that it can come back. */
const TEXTS = ['markdown', 'text', 'body'] as const

/**
 * Where a record is kept, without the ending: its kind, its name for people, and the end of its id, since names
 * change and are not unique.
 */
export function artifactPath({ kind, id, name }: Pick<ArtifactVersion, 'kind' | 'id' | 'name'>): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  const folder = kind.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()
  return `${folder}/${slug ? `${slug}-` : ''}${id.replaceAll('-', '').slice(-8)}`
}

/** The record for machines (YAML 1.2) and for people (Markdown). The same version gives the same bytes. */
export function artifactFiles(version: ArtifactVersion): ArtifactFile[] {
  const path = artifactPath(version)
  const { kind, id, document } = version
  const field = TEXTS.find(each => typeof document[each] === 'string')
  const facts = Object.fromEntries(Object.entries(document).filter(([key]) => key !== field))
  const yaml = stringify({ kind, id, version: version.version, ...facts }, { lineWidth: 100, sortMapEntries: true })
  return [
    { path: `${path}.yaml`, content: yaml },
    { path: `${path}.md`, content: field ? `${String(document[field]).trim()}\n` : markdownOf(version, facts) },
  ]
}

function markdownOf(version: ArtifactVersion, facts: Record<string, unknown>): string {
  const { name, kind, authorName, approval, at, reason } = version
  const author = approval?.requesterName ?? authorName
  const lines = [
    `# ${name || kind}`,
    '',
    `Version ${version.version} of this ${kind.replaceAll('_', ' ')}, by ${author} on ${at.toISOString().slice(0, 10)}.`,
    ...(approval ? [`Approved by ${approval.approverNames.join(', ')} (approval ${approval.id}).`] : []),
    ...(reason ? ['', `> ${reason.replaceAll('\n', '\n> ')}`] : []),
    '',
    ...listOf(facts, ''),
    '',
  ]
  return lines.join('\n')
}

/** Nested lists of what a document holds, empty things left out. */
function listOf(facts: Readonly<Record<string, unknown>>, indent: string): string[] {
  return Object.entries(facts)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, value]) => {
      if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return []
      if (Array.isArray(value) && value.every(each => typeof each !== 'object')) {
        return [`${indent}- **${key}**: ${value.join(', ')}`]
      }
      if (typeof value === 'object') {
        return [`${indent}- **${key}**:`, ...listOf(value as Record<string, unknown>, `${indent}  `)]
      }
      return [`${indent}- **${key}**: ${String(value).replaceAll('\n', ' ')}`]
    })
}

/** What the commit says: what changed, why, and who approved it (trailers as Git's own interpret-trailers reads them). */
export function commitMessage(version: ArtifactVersion): string {
  const { kind, name, reason, changes, approval } = version
  const subject = `${kind.replaceAll('_', ' ')}: ${oneLine(name) || version.id}, version ${version.version}`.slice(
    0,
    100,
  )
  const made = version.version === 1 ? [] : changes.map(({ field, before, after }) => lineOf(field, before, after))
  const trailers = [
    ...(approval?.approverNames ?? []).map(approver => `Approved-by: ${oneLine(approver)}`),
    ...(approval ? [`Approval: ${approval.id}`] : []),
    `Record: ${kind}/${version.id}`,
  ]
  const parts = [subject, reason, made.join('\n'), trailers.join('\n')]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

const LONGEST_LINE = 200

/** A name with a line break in it must not become a trailer. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function lineOf(field: string, before: string | null, after: string | null): string {
  const short = (text: string | null) => {
    if (text === null) return 'nothing'
    const one = oneLine(text)
    return one.length > LONGEST_LINE ? `${one.slice(0, LONGEST_LINE)}…` : one
  }
  return `- ${field}: ${short(before)} → ${short(after)}`
}
