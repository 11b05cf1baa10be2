import type { Definition } from '#components/page/definition-list.tsx'
import type { BriefDetailDto } from '#lib/briefs/schema.ts'
import { AUTONOMY_CHOICES, KEY_SCOPE_CHOICES, TEXTS } from './brief-words.ts'

/** What a brief says, a line an answer; what it does not say is left out. */
export function briefAnswers(brief: BriefDetailDto): Definition[] {
  const { content, models, ownerName, slug, tier } = brief
  const texts = new Map(Object.entries(content))
  const textsOf = (step: keyof typeof TEXTS) =>
    TEXTS[step].map(({ field, label }) => [label, texts.get(field)] as [string, unknown])
  const answers: [string, unknown][] = [
    ['Owner', ownerName],
    ['Callers send', slug],
    ...textsOf('purpose'),
    ['Inputs', content.inputTier],
    ['Outputs', content.outputTier],
    ['Least tier', tier],
    ['Models', models.map(({ name }) => name).join(', ')],
    [
      'Success',
      content.metrics?.map(one => `${one.name}: at least ${one.minimum}, aiming at ${one.target}`).join('; '),
    ],
    ['Latency', content.latencyMs ? `95 of 100 calls within ${content.latencyMs} ms` : null],
    ['Calls a day', content.requestsPerDay?.toLocaleString('en')],
    ['A call costs', content.costPerCallUsd ? `at most USD ${content.costPerCallUsd}` : null],
    ['A month costs', content.costPerMonthUsd ? `at most USD ${content.costPerMonthUsd}` : null],
    ...textsOf('boundaries'),
    ['Autonomy', AUTONOMY_CHOICES.find(({ value }) => value === content.autonomy)?.label],
    ...textsOf('people'),
    ['Keys', KEY_SCOPE_CHOICES.find(({ value }) => value === (content.keyScope ?? 'team'))?.label],
  ]
  return answers.flatMap(([term, value]) => (typeof value === 'string' && value !== '' ? [{ term, value }] : []))
}
