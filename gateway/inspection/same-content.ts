/**
 * Whether a JSON text says nothing that its parsed value does not: a name given twice in an object is one that was
 * read here, and one that a provider might read instead.
 */
export function hasSameContent(text: string, value: unknown): boolean {
  return namesIn(text) === namesOf(value)
}

/** Names in a JSON text: strings with a colon behind them. */
function namesIn(text: string): number {
  let names = 0
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
    at = endOfString(text, at + 1)
    while (text.charCodeAt(at) <= 32) at++
    if (text.charCodeAt(at) === 58) names++
  }
  return names
}

/** The place behind the quote that ends a string. */
function endOfString(text: string, from: number): number {
  let end = text.indexOf('"', from)
  while (end >= 0) {
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === 92) slashes++
    if (slashes % 2 === 0) return end + 1
    end = text.indexOf('"', end + 1)
  }
  return text.length
}

function namesOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let names = 0
  if (Array.isArray(value)) for (const item of value) names += namesOf(item)
  else for (const item of Object.values(value)) names += 1 + namesOf(item)
  return names
}
