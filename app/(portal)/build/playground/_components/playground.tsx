'use client'

import { Code2, Eraser } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Combobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import type { ModelChoice } from '../../keys/_components/key-facts.ts'
import { Composer } from './composer.tsx'
import { messagesOf } from './conversation.ts'
import { playgroundCode } from './playground-code.ts'
import { TurnList } from './turn-list.tsx'
import { useConversation } from './use-conversation.ts'

type PlaygroundProps = {
  gatewayUrl: string
  teams: readonly { id: string; name: string }[]
  models: readonly ModelChoice[]
  initialModelId: string | undefined
}

/** A conversation with any model of the catalog, called through the gateway like any other client. */
export function Playground({ gatewayUrl, teams, models, initialModelId }: PlaygroundProps) {
  const conversation = useConversation()
  const [teamId, setTeamId] = useState(teams[0]?.id ?? '')
  const [modelId, setModelId] = useState(() => firstModel(models, initialModelId))
  const [system, setSystem] = useState('')
  const [maxTokens, setMaxTokens] = useState('1024')
  const [codeShown, setCodeShown] = useState(false)
  const model = models.find(each => each.id === modelId)
  const limit = Math.min(32_000, Math.max(1, Number.parseInt(maxTokens, 10) || 1024))

  return (
    <div className="grid min-h-0 gap-x-10 gap-y-6 lg:grid-cols-[17rem_minmax(0,1fr)]">
      <section aria-label="Settings" className="flex flex-col gap-4.5">
        <Field label="Model" help={model ? `${model.displayName}, for ${model.tiers.join(' and ')} data` : undefined}>
          <Combobox
            items={models.map(({ id, identifier, displayName }) => ({
              value: id,
              label: identifier,
              hint: displayName,
            }))}
            value={modelId}
            onValueChange={id => id && setModelId(id)}
          />
        </Field>
        <Field label="Team" nativeLabel={false} help="Pays for the calls, with a key that lives 15 minutes.">
          <Select
            items={teams.map(({ id, name }) => ({ value: id, label: name }))}
            value={teamId}
            onValueChange={setTeamId}
          />
        </Field>
        <Field label="System prompt" optional>
          <Textarea rows={4} value={system} onChange={event => setSystem(event.target.value)} maxLength={100_000} />
        </Field>
        <Field label="Longest answer" help="The model stops after so many tokens.">
          <Input inputMode="numeric" suffix="tokens" value={maxTokens} onValueChange={setMaxTokens} />
        </Field>
        <div className="flex flex-wrap gap-2">
          <Button aria-pressed={codeShown} onClick={() => setCodeShown(!codeShown)}>
            <Code2 aria-hidden />
            {codeShown ? 'Hide code' : 'Show code'}
          </Button>
          {conversation.turns.length > 0 ? (
            <Button variant="ghost" onClick={conversation.clear}>
              <Eraser aria-hidden />
              Start anew
            </Button>
          ) : null}
        </div>
      </section>
      <section aria-label="Conversation" className="flex min-h-[calc(100dvh-15rem)] min-w-0 flex-col gap-4">
        {codeShown && model ? (
          <CodeBlock
            titled
            label="This conversation with curl"
            code={playgroundCode({
              gatewayUrl,
              dialect: model.dialects.includes('chat') ? 'chat' : 'messages',
              model: model.identifier,
              system,
              messages: messagesOf(conversation.turns),
              maxTokens: limit,
            })}
          />
        ) : null}
        <TurnList turns={conversation.turns} modelName={model?.identifier ?? 'the model'} />
        <Composer
          streaming={conversation.streaming}
          disabled={!model || teamId === ''}
          onStop={conversation.stop}
          onSend={question => conversation.send(question, { teamId, modelId, system, maxTokens: limit })}
        />
      </section>
    </div>
  )
}

/** The model the address names, else one that answers without a provider's credential. */
function firstModel(models: readonly ModelChoice[], wanted: string | undefined): string {
  const named = models.find(each => each.id === wanted)
  return (named ?? models.find(each => each.identifier.includes('sandbox')) ?? models[0])?.id ?? ''
}
