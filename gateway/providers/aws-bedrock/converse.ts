import { fieldsIn } from '#core/translation/answer-fields.ts'
import { writeChatAnswer } from '#core/translation/chat/answer.ts'
import { readChatRequest } from '#core/translation/chat/read-request.ts'
import { ChatEventWriter } from '#core/translation/chat/write-stream.ts'
import { chatError } from '../error-shapes.ts'
import type { Wire } from '../vendor.ts'
import { bedrockChatError, failureOf } from './bedrock-error.ts'
import { readConverseAnswer } from './converse-answer.ts'
import { writeConverseRequest } from './converse-request.ts'
import { ConverseEventReader } from './converse-stream.ts'
import { EventStreamDecoder } from './event-stream.ts'

/** Any model of Bedrock through Converse, which is one form for all of them: chat in, chat out. */
export const CONVERSE: Wire = {
  body(fields, { maxOutputTokens, dropped }) {
    const conversation = readChatRequest(fields)
    const body = writeConverseRequest(conversation, maxOutputTokens)
    for (const name of conversation.dropped) dropped.add(name)
    return body
  },
  answer: (body, model) => writeChatAnswer(readConverseAnswer(fieldsIn(body), model)),
  error: bedrockChatError,
  stream(model) {
    const reader = new ConverseEventReader(model)
    const writer = new ChatEventWriter(true)
    return new EventStreamDecoder(({ kind, type, body }) => {
      if (kind === 'exception') {
        const failure = failureOf(type, body)
        return `data: ${JSON.stringify(chatError(failure.status, failure.message, failure.type))}\n\n`
      }
      if (reader.ended) return ''
      let text = ''
      for (const event of reader.read(type, fieldsIn(JSON.parse(body)))) text += writer.write(event)
      return reader.ended ? text + writer.finish() : text
    })
  },
}
