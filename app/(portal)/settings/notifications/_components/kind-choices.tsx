'use client'

import { Select } from '#components/ui/select.tsx'
import { type DeliveryTime, PERSONAL_CHANNELS, type PersonalChannel } from '#core/notifications/delivery-choices.ts'

const TIMES = [
  { value: 'now', label: 'At once' },
  { value: 'digest', label: 'In the digest' },
  { value: 'off', label: 'Only in the inbox' },
]
const LABELS: Readonly<Record<PersonalChannel, string>> = { email: 'E-mail', slack: 'Slack' }

/** Each kind of news with its time for each channel. */
export function KindChoices({
  kinds,
  chosen,
  onChoose,
}: {
  kinds: readonly { kind: string; title: string }[]
  chosen: Readonly<Record<string, DeliveryTime>>
  onChoose: (kind: string, channel: PersonalChannel, when: DeliveryTime) => void
}) {
  return (
    <ul className="text-sm">
      {kinds.map(({ kind, title }) => (
        <li
          key={kind}
          className="grid items-center gap-x-4 gap-y-2 border-line border-b py-2.5 sm:grid-cols-[minmax(0,1fr)_auto]"
        >
          <span>{title}</span>
          <span className="flex gap-3">
            {PERSONAL_CHANNELS.map(channel => (
              <span key={channel} className="flex flex-col gap-1 text-muted text-xs">
                {LABELS[channel]}
                <Select
                  aria-label={`${title}: ${LABELS[channel]}`}
                  className="w-40"
                  items={TIMES}
                  value={chosen[`${kind} ${channel}`] ?? 'now'}
                  onValueChange={when => onChoose(kind, channel, when as DeliveryTime)}
                />
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  )
}
