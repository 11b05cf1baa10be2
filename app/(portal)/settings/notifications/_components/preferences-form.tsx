'use client'

import { useState, useTransition } from 'react'
import { TimeZoneField } from '#components/form/time-zone-field.tsx'
import { useFormValues } from '#components/form/use-form-values.ts'
import { Section } from '#components/page/section.tsx'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import type { PersonalChannel } from '#core/notifications/delivery-choices.ts'
import type { NotificationPreferences } from '#core/notifications/preferences.ts'
import { setPreferencesAction } from '#lib/notification-preferences/actions.ts'
import { KindChoices } from './kind-choices.tsx'
import { fromPreferences, type PreferencesText, toPreferences } from './preferences-text.ts'

const DIGESTS = [
  { value: 'off', label: 'No: at once' },
  { value: 'hour', label: 'Every hour' },
  { value: 'day', label: 'Every day at a time' },
]

/** A person's own choices, saved as a whole. */
export function PreferencesForm({
  preferences,
  kinds,
}: {
  preferences: NotificationPreferences
  kinds: readonly { kind: string; title: string }[]
}) {
  const [values, setValues] = useFormValues<PreferencesText>(() => fromPreferences(preferences, kinds))
  const [said, setSaid] = useState<{ tone: 'ok' | 'bad'; text: string }>()
  const [pending, startTransition] = useTransition()
  const set: typeof setValues = change => {
    setSaid(undefined)
    setValues(change)
  }
  function save() {
    startTransition(async () => {
      const result = await setPreferencesAction({ preferences: toPreferences(values) })
      setSaid(
        result.ok ? { tone: 'ok', text: 'Saved. It holds from now on.' } : { tone: 'bad', text: result.error.message },
      )
    })
  }
  return (
    <div className="flex max-w-2xl flex-col gap-8">
      <Section title="By kind" description="At once, put together in a digest, or only in the inbox.">
        <KindChoices
          kinds={kinds}
          chosen={values.delivery}
          onChoose={(kind, channel: PersonalChannel, when) =>
            set(({ delivery }) => ({ delivery: { ...delivery, [`${kind} ${channel}`]: when } }))
          }
        />
      </Section>
      <Section title="Digest" description="Low-risk news comes in it as well, unless you chose otherwise above.">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Put together" nativeLabel={false}>
            <Select
              items={DIGESTS}
              value={values.digest}
              onValueChange={digest => set({ digest: digest as PreferencesText['digest'] })}
            />
          </Field>
          {values.digest === 'day' ? (
            <Field label="At">
              <Input type="time" value={values.digestAt} onValueChange={digestAt => set({ digestAt })} />
            </Field>
          ) : null}
        </div>
      </Section>
      <Section
        title="Quiet hours"
        description="Nothing is delivered in them, with one exception: what is of high risk, overdue, or due within four hours breaks through."
      >
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label="From" optional>
            <Input type="time" value={values.quietFrom} onValueChange={quietFrom => set({ quietFrom })} />
          </Field>
          <Field label="To" optional>
            <Input type="time" value={values.quietTo} onValueChange={quietTo => set({ quietTo })} />
          </Field>
          <TimeZoneField value={values.timeZone} onValueChange={timeZone => set({ timeZone })} />
        </div>
      </Section>
      {said ? (
        <Callout tone={said.tone} live>
          {said.text}
        </Callout>
      ) : null}
      <Button variant="primary" size="lg" className="self-start" loading={pending} onClick={save}>
        Save
      </Button>
    </div>
  )
}
