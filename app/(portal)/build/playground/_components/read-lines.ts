/** The JSON values of a body that has one a line, as they arrive; lines may be cut anywhere in between. */
export async function* readLines<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<T> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      const lines = (rest + value).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.trim()) yield JSON.parse(line) as T
    }
    if (rest.trim()) yield JSON.parse(rest) as T
  } finally {
    reader.releaseLock()
  }
}
