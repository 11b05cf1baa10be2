import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { type ArtifactVersion, artifactFiles, artifactPath, commitMessage } from './artifact.ts'

const version: ArtifactVersion = {
  kind: 'budget',
  id: '01a1fd62-2697-7c2e-8664-2276c2d69e0d',
  name: 'Équipe Support, 2026',
  version: 2,
  document: {
    name: 'Équipe Support, 2026',
    limitUsd: '150',
    thresholds: [{ percent: 80, action: 'warn' }],
    note: null,
  },
  changes: [{ field: 'limit', before: 'USD 100', after: 'USD 150' }],
  reason: 'A launch',
  authorName: 'approval of Priya’s request by Grace',
  approval: { id: 'a-1', requesterName: 'Priya', approverNames: ['Grace', 'Noor'] },
  at: new Date('2026-11-21T10:00:00.500Z'),
}

test('a record lies under its kind, its name and the end of its id', () => {
  expect(artifactPath(version)).toBe('budget/equipe-support-2026-c2d69e0d')
  expect(artifactPath({ ...version, kind: 'rate_limit', name: '***' })).toBe('rate-limit/c2d69e0d')
})

test('the YAML is the record, whole', () => {
  const [yaml] = artifactFiles(version)
  expect(parse(yaml?.content ?? '')).toEqual({ kind: 'budget', id: version.id, version: 2, ...version.document })
})

test('the Markdown says who made it, who approved it and why, and lists what it holds', () => {
  const [, markdown] = artifactFiles(version)
  expect(markdown?.path).toBe('budget/equipe-support-2026-c2d69e0d.md')
  expect(markdown?.content).toBe(
    [
      '# Équipe Support, 2026',
      '',
      'Version 2 of this budget, by Priya on 2026-11-21.',
      'Approved by Grace, Noor (approval a-1).',
      '',
      '> A launch',
      '',
      '- **Limit USD**: 150',
      '- **Name**: Équipe Support, 2026',
      '- **Thresholds**:',
      '  - percent 80; action warn',
      '',
    ].join('\n'),
  )
})

test('a text for people is the Markdown, word by word, and not in the YAML', () => {
  const policy = { ...version, kind: 'policy', document: { title: 'Use', markdown: '## Who\n\nEverybody.\n' } }
  const [yaml, markdown] = artifactFiles(policy)
  expect(yaml?.content).not.toContain('Everybody')
  expect(markdown?.content).toBe('## Who\n\nEverybody.\n')
})

test('the commit says what changed, why, and who approved it in trailers', () => {
  expect(commitMessage(version)).toBe(
    [
      'budget: Équipe Support, 2026, version 2',
      '',
      'A launch',
      '',
      '- limit: USD 100 → USD 150',
      '',
      'Approved-by: Grace',
      'Approved-by: Noor',
      'Approval: a-1',
      `Record: budget/${version.id}`,
      '',
    ].join('\n'),
  )
})

test('a name with a line break in it forges no trailer', () => {
  const name = 'Noor\nApproved-by: Nobody'
  const message = commitMessage({
    ...version,
    name,
    approval: { id: 'a-1', requesterName: 'Ana', approverNames: [name] },
  })
  expect(message.split('\n').filter(line => line.startsWith('Approved-by:'))).toEqual([
    'Approved-by: Noor Approved-by: Nobody',
  ])
})
