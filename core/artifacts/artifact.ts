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

/** Nested lists of what a document holds, for people: empty things and ids left out, names of fields in words. */
function listOf(facts: Readonly<Record<string, unknown>>, indent: string): string[] {
  return Object.entries(facts)
    .filter(([key, value]) => !isId(key) && !isEmpty(value))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, value]) => {
      const label = `${indent}- **${fieldWords(key)}**:`
      if (typeof value !== 'object' || value === null) return [`${label} ${String(value).replaceAll('\n', ' ')}`]
      if (!Array.isArray(value)) return [label, ...listOf(value as Record<string, unknown>, `${indent}  `)]
      if (value.every(each => typeof each !== 'object')) return [`${label} ${value.join(', ')}`]
      return [label, ...value.map(each => `${indent}  - ${inOneLine(each)}`)]
    })
}

/** One of several things on a line: by its name alone, where nothing else is known of it. */
function inOneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value).replaceAll('\n', ' ')
  const { name, ...others } = value as Record<string, unknown>
  const rest = Object.entries(others)
    .filter(([key, each]) => !isId(key) && !isEmpty(each))
    .map(
      ([key, each]) =>
        `${fieldWords(key).toLowerCase()} ${Array.isArray(each) ? each.map(inOneLine).join(', ') : inOneLine(each)}`,
    )
  return [...(name === undefined ? [] : [String(name)]), ...rest].join('; ')
}

function isId(key: string): boolean {
  return /(^id|Ids?)$/.test(key)
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

/** `costPerMonthUsd` is "Cost per month usd", `review due` "Review due". */
function fieldWords(key: string): string {
  const words = key
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1).replace(/\busd\b/, 'USD')
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
