import type { Part } from '../conversation.ts'
import type { FieldReader } from '../field-reader.ts'
import { documentFromUrl, fileFromUrl } from '../files.ts'

const SENT_FILE = 'files stay at the provider they were sent to. Send it by URL or as data.'

/** The content of an item, which is a text or a list of parts. */
export function readContent(item: FieldReader, name: string): Part[] {
  const content = item.value(name)
  if (content === null) return []
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }]
  return item.objects(name).map(part => {
    const read = readPart(part)
    part.dropRest()
    return read
  })
}

function readPart(part: FieldReader): Part {
  const type = part.requiredText('type')
  switch (type) {
    case 'input_text':
    case 'text':
      return { type: 'text', text: part.requiredText('text') }
    case 'output_text':
      // What an earlier answer rested on asks for nothing.
      part.value('annotations')
      part.value('logprobs')
      return { type: 'text', text: part.requiredText('text') }
    case 'refusal':
      return { type: 'refusal', text: part.requiredText('refusal') }
    case 'input_image': {
      const url = part.text('image_url')
      if (url === null) throw part.cannot('file_id', SENT_FILE)
      return { type: 'image', source: fileFromUrl(url), detail: part.text('detail') }
    }
    case 'input_file': {
      const url = part.text('file_data') ?? part.text('file_url')
      if (url === null) throw part.cannot('file_id', SENT_FILE)
      return documentFromUrl(url, part.text('filename'))
    }
    default:
      throw part.cannot('type', `content of type "${type}" has no counterpart there.`)
  }
}
