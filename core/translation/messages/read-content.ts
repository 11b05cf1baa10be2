import type { DocumentPart, FileSource, ImagePart, Part, ResultContent } from '../conversation.ts'
import type { FieldReader } from '../field-reader.ts'

const SENT_FILE = 'files stay at the provider they were sent to. Send it by URL or as base64.'

/** The content of a message, which is a text or a list of blocks. */
export function readContent(message: FieldReader): Part[] {
  const content = message.value('content')
  if (content === null) return []
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }]
  return message.objects('content').map(block => {
    const part = readBlock(block)
    block.dropRest()
    return part
  })
}

function readBlock(block: FieldReader): Part {
  const type = block.requiredText('type')
  switch (type) {
    case 'text':
      // What an earlier answer rested on asks for nothing.
      block.value('citations')
      return { type: 'text', text: block.requiredText('text') }
    case 'image':
      return readImage(block)
    case 'document':
      return readDocument(block)
    case 'thinking': {
      const [text, signature] = [block.text('thinking') ?? '', block.text('signature')]
      return { type: 'thinking', text, proof: signature ? { kind: 'signature', value: signature } : null }
    }
    case 'redacted_thinking':
      return { type: 'thinking', text: '', proof: { kind: 'redacted', value: block.requiredText('data') } }
    case 'tool_use': {
      const input = JSON.stringify(block.value('input') ?? {})
      return { type: 'toolCall', id: block.requiredText('id'), name: block.requiredText('name'), arguments: input }
    }
    case 'tool_result':
      return {
        type: 'toolResult',
        id: block.requiredText('tool_use_id'),
        content: readResult(block),
        isError: block.flag('is_error') ?? false,
      }
    default:
      throw block.cannot('type', `content of type "${type}" has no counterpart there.`)
  }
}

function readResult(block: FieldReader): ResultContent[] {
  const content = block.value('content')
  // Looked at before it is read: results hold no results, however deep a body nests them.
  if (Array.isArray(content)) {
    for (const inner of block.objects('content')) {
      const type = inner.requiredText('type')
      if (type === 'text' || type === 'image' || type === 'document') continue
      throw inner.cannot('type', 'results of tools hold text, images and documents only.')
    }
  }
  return readContent(block) as ResultContent[]
}

function readImage(block: FieldReader): ImagePart {
  const source = block.object('source')
  const read = source && readSource(source)
  if (!read) throw block.cannot('source', SENT_FILE)
  return { type: 'image', source: read, detail: null }
}

function readDocument(block: FieldReader): DocumentPart {
  const name = block.text('title')
  block.refuse('context', 'its dialect has no words beside a document. Put them into a text block.')
  if (block.object('citations')?.flag('enabled')) {
    throw block.cannot('citations', 'its dialect cites no passages of documents.')
  }
  const source = block.object('source')
  if (source?.text('type') === 'text') {
    return { type: 'document', source: { kind: 'text', text: source.requiredText('data') }, name }
  }
  const read = source && readSource(source)
  if (!read) throw block.cannot('source', SENT_FILE)
  return { type: 'document', source: read, name }
}

function readSource(source: FieldReader): FileSource | null {
  const type = source.requiredText('type')
  if (type === 'url') return { kind: 'url', url: source.requiredText('url') }
  if (type !== 'base64') return null
  return { kind: 'base64', mediaType: source.requiredText('media_type'), data: source.requiredText('data') }
}
