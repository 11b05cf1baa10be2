import { formatCount } from '#components/format.ts'
import type { RepositoryDto } from '#lib/artifacts/schema.ts'

/** The answer of the page in a sentence. */
export function headline({ commits, waiting }: RepositoryDto): string {
  if (commits === 0 && waiting === 0) return 'No governance record has a version yet'
  if (waiting === 0) return `Every version of every record is committed: ${formatCount(commits, 'commit')}`
  return `${formatCount(waiting, 'version')} ${waiting === 1 ? 'waits' : 'wait'} to be committed, after ${formatCount(commits, 'commit')}`
}

/** "rate_limit" as people say it. */
export function kindText(kind: string): string {
  return kind.replaceAll('_', ' ')
}

/** The same at the beginning of a line: "Rate limit". */
export function kindTitle(kind: string): string {
  return kindText(kind).replace(/^./, first => first.toUpperCase())
}
