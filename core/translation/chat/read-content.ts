import type { Part } from '../conversation.ts'
import type { FieldReader } from '../field-reader.ts'
import { documentFromUrl, fileFromUrl } from '../files.ts'

/** The content of a chat message, which is a text or a list of parts. */
export function readContent(message: FieldReader): Part[] {
  const content = message.value('content')
  if (content === null) return []
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }]
  return message.objects('content').map(part => {
    const read = readPart(part, part.requiredText('type'))
    part.dropRest()
    return read
  })
}

function readPart(part: FieldReader, type: string): Part {
  if (type === 'text') return { type: 'text', text: part.requiredText('text') }
  if (type === 'refusal') return { type: 'refusal', text: part.requiredText('refusal') }
  if (type === 'image_url') {
    const image = part.object('image_url')
    if (!image) throw part.cannot('image_url', 'it holds no URL.')
    return { type: 'image', source: fileFromUrl(image.requiredText('url')), detail: image.text('detail') }
  }
  const file = type === 'file' ? part.object('file') : null
  if (!file) throw part.cannot('type', `content of type "${type}" has no counterpart there.`)
  const data = file.text('file_data')
  if (data === null) throw file.cannot('file_id', 'files stay at the provider they were sent to. Send "file_data".')
  return documentFromUrl(data, file.text('filename'))
}
