export type CodeToken = { kind: 'comment' | 'string' | 'plain'; text: string }

const pattern = /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|((?:^|(?<=\s))(?:#|\/\/)[^\n]*)/gm

/**
 * Splits code into comments, strings and the rest: enough for quiet colour in any language of the quickstarts. The
 * texts joined give the code back unchanged.
 */
export function codeTokens(code: string): CodeToken[] {
  const tokens: CodeToken[] = []
  let position = 0
  for (const match of code.matchAll(pattern)) {
    if (match.index > position) tokens.push({ kind: 'plain', text: code.slice(position, match.index) })
    tokens.push({ kind: match[1] === undefined ? 'comment' : 'string', text: match[0] })
    position = match.index + match[0].length
  }
  if (position < code.length) tokens.push({ kind: 'plain', text: code.slice(position) })
  return tokens
}
