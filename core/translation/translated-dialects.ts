import { readChatAnswer, writeChatAnswer } from './chat/answer.ts'
import { readChatRequest } from './chat/read-request.ts'
import { ChatEventReader } from './chat/read-stream.ts'
import { writeChatRequest } from './chat/write-request.ts'
import { ChatEventWriter } from './chat/write-stream.ts'
import type { Answer, Conversation, EventReader, EventWriter, TranslatedDialect } from './conversation.ts'
import { readMessagesAnswer, writeMessagesAnswer } from './messages/answer.ts'
import { readMessagesRequest } from './messages/read-request.ts'
import { MessagesEventReader } from './messages/read-stream.ts'
import { writeMessagesRequest } from './messages/write-request.ts'
import { MessagesEventWriter } from './messages/write-stream.ts'
import { readResponsesAnswer, writeResponsesAnswer } from './responses/answer.ts'
import { readResponsesRequest } from './responses/read-request.ts'
import { ResponsesEventReader } from './responses/read-stream.ts'
import { writeResponsesRequest } from './responses/write-request.ts'
import { ResponsesEventWriter } from './responses/write-stream.ts'

/** What a request needs that the conversation does not say. */
export interface WriteOptions {
  /** The model's name at its provider. */
  model: string
  /** Output limit for a dialect that demands one, when the caller sets none. */
  maxTokens: number
  /** Whether the provider knows only `max_tokens`, the older name of the limit in chat completions. */
  olderLimit: boolean
}

/** How a dialect is read and written. */
export interface DialectTranslation {
  /** @throws UntranslatableError */
  readRequest(body: unknown): Conversation
  /** @throws UntranslatableError */
  writeRequest(conversation: Conversation, options: WriteOptions): Record<string, unknown>
  /** @throws SyntaxError */
  readAnswer(body: unknown): Answer
  /** @throws SyntaxError */
  writeAnswer(answer: Answer): object
  eventReader(): EventReader
  eventWriter(wantsUsage: boolean): EventWriter
}

export const TRANSLATIONS: Readonly<Record<TranslatedDialect, DialectTranslation>> = {
  chat: {
    readRequest: readChatRequest,
    writeRequest: writeChatRequest,
    readAnswer: readChatAnswer,
    writeAnswer: writeChatAnswer,
    eventReader: () => new ChatEventReader(),
    eventWriter: wantsUsage => new ChatEventWriter(wantsUsage),
  },
  messages: {
    readRequest: readMessagesRequest,
    writeRequest: writeMessagesRequest,
    readAnswer: readMessagesAnswer,
    writeAnswer: writeMessagesAnswer,
    eventReader: () => new MessagesEventReader(),
    eventWriter: () => new MessagesEventWriter(),
  },
  responses: {
    readRequest: readResponsesRequest,
    writeRequest: writeResponsesRequest,
    readAnswer: readResponsesAnswer,
    writeAnswer: writeResponsesAnswer,
    eventReader: () => new ResponsesEventReader(),
    eventWriter: () => new ResponsesEventWriter(),
  },
}

/** The dialects to translate a caller's request into, nearest first. */
export const NEAREST: Readonly<Record<TranslatedDialect, readonly TranslatedDialect[]>> = {
  chat: ['responses', 'messages'],
  messages: ['chat', 'responses'],
  responses: ['chat', 'messages'],
}
