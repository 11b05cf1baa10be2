'use client'

import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import type { ChannelText } from './channel-text.ts'

const SECURITY = [
  { value: 'starttls', label: 'STARTTLS, demanded' },
  { value: 'tls', label: 'TLS from the first byte' },
  { value: 'none', label: 'None, private network only' },
]

type Props = {
  values: ChannelText
  onChange: (change: Partial<ChannelText>) => void
  errors: Readonly<Record<string, string>>
  isNew: boolean
}

/** Where a channel of a kind leads. */
export function TargetFields(props: Props) {
  switch (props.values.kind) {
    case 'email':
      return <EmailFields {...props} />
    case 'slack':
      return <SlackFields {...props} />
    case 'teams':
      return (
        <Secret
          {...props}
          field="url"
          label="Address of the workflow"
          help="In Teams: Workflows, “Post to a channel when a webhook request is received”."
        />
      )
    case 'webhook':
      return (
        <Text
          {...props}
          field="url"
          label="Address"
          help="Messages are signed by the Standard Webhooks specification; the secret is shown once, when the channel is added."
        />
      )
  }
}

function EmailFields(props: Props) {
  const { values, onChange, errors } = props
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_6rem]">
        <Text {...props} field="host" label="Mail server" />
        <Text {...props} field="port" label="Port" />
      </div>
      <Field label="Encryption" nativeLabel={false} error={errors.security}>
        <Select
          items={SECURITY}
          value={values.security}
          onValueChange={security => onChange({ security: security as ChannelText['security'] })}
        />
      </Field>
      <Text {...props} field="from" label="Sender" help="Such as Gatehouse <gatehouse@example.com>." />
      <Text {...props} field="user" label="User" optional />
      {values.user ? <Secret {...props} field="password" label="Password" /> : null}
      <Field
        label="Certificate authority"
        optional
        error={errors.certificateAuthority}
        help="PEM, for a server whose certificate no public authority signed."
      >
        <Textarea
          rows={2}
          value={values.certificateAuthority}
          onChange={event => onChange({ certificateAuthority: event.target.value })}
        />
      </Field>
    </>
  )
}

function SlackFields(props: Props) {
  return (
    <>
      <Secret
        {...props}
        field="botToken"
        label="Bot token"
        help="With the scopes chat:write, im:write, im:history, users:read and users:read.email."
      />
      <Secret {...props} field="signingSecret" label="Signing secret" help="By which presses of buttons are known." />
      <Text {...props} field="channelId" label="Channel" optional help="Its id, for news that all should read." />
      <Text {...props} field="apiUrl" label="Web API" help="GovSlack has one of its own." />
    </>
  )
}

type TextField = Exclude<keyof ChannelText, 'kind' | 'newsKinds' | 'allowPrivateNetwork' | 'security'>

function Text({ values, onChange, errors, field, label, help, optional }: Props & TextProps) {
  return (
    <Field label={label} help={help} error={errors[field]} optional={optional}>
      <Input value={values[field]} onValueChange={text => onChange({ [field]: text })} autoComplete="off" />
    </Field>
  )
}

type TextProps = { field: TextField; label: string; help?: string; optional?: boolean }

function Secret({ values, onChange, errors, isNew, field, label, help }: Props & TextProps) {
  return (
    <Field label={label} help={isNew ? help : 'Left empty it stays as it is.'} error={errors[field]}>
      <Input
        type="password"
        value={values[field]}
        onValueChange={text => onChange({ [field]: text })}
        autoComplete="new-password"
      />
    </Field>
  )
}
