import type { Conversation, DocumentPart, FileSource } from './conversation.ts'
import { cannotCarry } from './untranslatable.ts'

const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+)(?:;[\w.+-]+=[\w.+-]+)*;base64,/

/** A file as OpenAI's dialects have it: a URL, which may hold the file itself. */
export function fileFromUrl(url: string): FileSource {
  const found = DATA_URL.exec(url)
  return found?.[1] ? { kind: 'base64', mediaType: found[1], data: url.slice(found[0].length) } : { kind: 'url', url }
}

/** The URL for a file, with its data inside when it has no address. */
export function fileUrl(source: FileSource): string {
  return source.kind === 'url' ? source.url : `data:${source.mediaType};base64,${source.data}`
}

/** A document out of a URL; one of plain text is its text. */
export function documentFromUrl(url: string, name: string | null): DocumentPart {
  const source = fileFromUrl(url)
  if (source.kind !== 'base64' || !source.mediaType.startsWith('text/')) return { type: 'document', source, name }
  const text = Buffer.from(source.data, 'base64').toString('utf8')
  return { type: 'document', source: { kind: 'text', text }, name }
}

/** The text of a document of plain text, under its name, for a dialect that has files of other kinds only. */
export function documentText({ source, name }: DocumentPart): string | null {
  if (source.kind !== 'text') return null
  return name === null ? source.text : `${name}\n\n${source.text}`
}

/** The document as base64, for a dialect that takes no addresses. Throws UntranslatableError for an address. */
export function documentData(conversation: Conversation, { source }: DocumentPart): string {
  if (source.kind === 'base64') return fileUrl(source)
  throw cannotCarry(conversation, 'document', 'chat completions take a document as data, not by its address.')
}
