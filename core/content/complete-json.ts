interface Scan {
  /** Closers of what is open, innermost last. */
  closers: string[]
  inString: boolean
  /** After the last whole value: where to cut, and what to close then. */
  safe: { end: number; closers: string[] } | null
}

/**
 * Closes JSON that was cut off, so that what came through can be read: an open text is ended where it was cut, or,
 * where that leaves half of something else, the last thing that is not whole is left out.
 */
export function completeJson(text: string): string {
  const { closers, inString, safe } = scan(text)
  const close = (open: readonly string[]) => open.toReversed().join('')
  if (inString) {
    const whole = text.replace(/(^|[^\\])((?:\\\\)*)\\(u[0-9a-fA-F]{0,3})?$/, '$1$2')
    const candidate = `${whole}"${close(closers)}`
    if (isJson(candidate)) return candidate
  }
  return safe ? text.slice(0, safe.end) + close(safe.closers) : text
}

function scan(text: string): Scan {
  const state: Scan = { closers: [], inString: false, safe: null }
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (state.inString) {
      if (character === '\\') at++
      else if (character === '"') state.inString = false
      continue
    }
    if (character === '"') state.inString = true
    else if (character === '{' || character === '[') {
      state.closers.push(character === '{' ? '}' : ']')
      state.safe = { end: at + 1, closers: [...state.closers] }
    } else if (character === '}' || character === ']') {
      state.closers.pop()
      state.safe = { end: at + 1, closers: [...state.closers] }
    } else if (character === ',') state.safe = { end: at, closers: [...state.closers] }
  }
  return state
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
