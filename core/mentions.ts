/** Somebody who can be mentioned. */
export interface Mentionable {
  readonly id: string
  readonly name: string
  readonly email: string
}

/**
 * Ids of those whom a text mentions: `@` and the whole name, the e-mail address, or what stands before its @ sign,
 * in any case. Of names that begin alike the longest counts; what stands inside another word is no mention.
 */
export function mentionedIn<M extends Mentionable>(text: string, people: readonly M[]): string[] {
  const names = people
    .flatMap(({ id, name, email }) => [name, email, email.split('@')[0] ?? ''].map(word => ({ id, word: fold(word) })))
    .filter(({ word }) => word !== '')
    .sort((a, b) => b.word.length - a.word.length)
  const found = new Set<string>()
  for (const { index } of text.matchAll(/(?<![\p{L}\p{N}._-])@/gu)) {
    const rest = fold(text.slice(index + 1))
    const longest = names.find(({ word }) => rest.startsWith(word) && endsWord(rest.slice(word.length)))
    const called = longest && names.filter(({ word }) => word === longest.word)
    // Two of one name: nobody can tell who is meant, so both hear of it.
    for (const { id } of called ?? []) found.add(id)
  }
  return [...found]
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

function endsWord(rest: string): boolean {
  return !/^[\p{L}\p{N}]/u.test(rest) && !/^[._-]+[\p{L}\p{N}]/u.test(rest)
}
