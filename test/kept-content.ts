import type { RequestEvent } from '#core/contracts/request-event.ts'
import { unwrapContentKey } from '#lib/content-log/content-keys.ts'
import { databases } from '#lib/platform/database.ts'
import { sealConversation } from '#prisma/seed/content/seal-conversation.ts'
import { makeRequestEvent } from './request-events.ts'

export interface KeptContentOptions {
  tier?: string
  logging?: 'full' | 'restricted'
  /** What the user says; the model answers with the same. */
  said?: string
  /** What the model answers instead, a choice each. */
  choices?: readonly string[]
  event?: Partial<RequestEvent>
}

/** Records an answered request with its content, as a gateway does. The organization's content log must be on. */
export async function keepContent(organizationId: string, options: KeptContentOptions = {}): Promise<RequestEvent> {
  const { tier = 'Public', logging = 'full', said = 'hello', choices = [said] } = options
  const made = makeRequestEvent(organizationId, { ...options.event, dataClass: tier })
  const event = { ...made, detail: { ...made.detail, content: logging } }
  const { system } = databases()
  const key = await system.contentKey.findFirstOrThrow({ where: { organizationId, retiredAt: null } })
  const content = sealConversation(
    {
      ...{ event, logging },
      request: { model: 'sandbox-gpt', messages: [{ role: 'user', content: said }] },
      response: {
        choices: choices.map((content, index) => ({
          index,
          message: { role: 'assistant', content },
          finish_reason: 'stop',
        })),
      },
    },
    { id: key.id, dataKey: unwrapContentKey(key) },
  )
  await system.$queryRaw`select record_request_events(${JSON.stringify([event])}::json)`
  await system.$queryRaw`select record_request_contents(${JSON.stringify([content])}::json)`
  return event
}
