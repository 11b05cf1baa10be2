import { createHash } from 'node:crypto'

/** What minutes are drafted from. Every time is written as the clocks at the meeting's place show it. */
export interface MinutesSource {
  readonly title: string
  readonly when: string
  readonly location: string
  readonly opened: string
  readonly closed: string
  readonly quorum: string
  readonly attendance: readonly { name: string; role: string; votes: boolean; stays: readonly string[] }[]
  readonly items: readonly MinutesItem[]
  readonly actionItems: readonly { text: string; owner: string; due: string }[]
}

export interface MinutesItem {
  readonly title: string
  readonly background: string
  readonly notes: string
  /** How it ended, in words: "Deferred: not enough time". */
  readonly ended: string
  readonly decision: {
    readonly number: string
    readonly question: string
    readonly carried: boolean
    readonly tally: string
    readonly votes: readonly { name: string; vote: string; reason: string }[]
    readonly rationale: string
    readonly dissent: string
    readonly conditions: readonly { text: string; owner: string; due: string }[]
  } | null
}

/** Minutes in Markdown, as a secretary would begin them. */
export function draftOf(source: MinutesSource): string {
  const { title, when, location, opened, closed, quorum } = source
  const present = source.attendance.filter(({ stays }) => stays.length > 0)
  const absent = source.attendance.filter(({ stays }) => stays.length === 0)
  const blocks = [
    `# ${title}`,
    `${when}${location ? `, ${location}` : ''}. Opened at ${opened}, closed at ${closed}. ${quorum}`,
    '## Attendance',
    present.map(each => `- ${plain(each.name)}, ${seat(each)}: ${each.stays.join('; ')}`).join('\n') ||
      'Nobody was present.',
    ...(absent.length > 0 ? [`Absent: ${absent.map(({ name }) => plain(name)).join(', ')}.`] : []),
    ...source.items.flatMap((item, at) => itemBlocks(item, at + 1)),
    ...(source.actionItems.length > 0 ? ['## Action items', source.actionItems.map(task).join('\n')] : []),
  ]
  return canonicalMinutes(blocks.join('\n\n'))
}

/**
 * The form of minutes that is hashed: Unicode NFC, lines that end in a line feed without spaces before it, no empty
 * lines at either end, one line feed at the end.
 */
export function canonicalMinutes(text: string): string {
  const lines = text.normalize('NFC').replace(/\r\n?/g, '\n').split('\n')
  return `${lines
    .map(line => line.trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '')}\n`
}

/** SHA-256, in hex, of the canonical form of minutes. */
export function minutesDigest(text: string): string {
  return createHash('sha256').update(canonicalMinutes(text)).digest('hex')
}

function itemBlocks({ title, background, notes, ended, decision }: MinutesItem, number: number): string[] {
  const said = [background, notes].filter(Boolean)
  const blocks = [`## ${number}. ${plain(title)}`, ...said.map(quoted)]
  if (!decision) return [...blocks, ended]
  const votes = decision.votes.map(({ name, vote, reason }) => {
    return `- ${plain(name)}: ${vote}${reason ? ` (${plain(reason)})` : ''}`
  })
  return [
    ...blocks,
    `**${decision.number}: ${decision.carried ? 'carried' : 'not carried'}.** ${plain(decision.question)}`,
    `${decision.tally}`,
    votes.join('\n'),
    `Rationale: ${plain(decision.rationale)}`,
    ...(decision.dissent ? [`Dissent: ${plain(decision.dissent)}`] : []),
    ...(decision.conditions.length > 0 ? ['Conditions:', decision.conditions.map(task).join('\n')] : []),
  ]
}

function task({ text, owner, due }: { text: string; owner: string; due: string }): string {
  return `- ${plain(text)} (${plain(owner)}, by ${due})`
}

function seat({ role, votes }: { role: string; votes: boolean }): string {
  return votes ? role.toLowerCase() : `${role.toLowerCase()} without a vote`
}

/** One line without the marks that Markdown gives a meaning to, so that what people wrote reads as they wrote it. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>#|]/g, '\\$&')
    .trim()
}

/** What somebody wrote in Markdown, without headings that would break up the minutes. */
function quoted(text: string): string {
  return text.replace(/^#+\s*/gm, '').replace(/</g, '\\<')
}
