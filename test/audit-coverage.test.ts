import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const LIB = path.resolve(import.meta.dirname, '../lib')
const WRITES =
  /\.\w+\.(create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert|delete|deleteMany)\(|\$executeRaw|(publish|withdraw)Config(Now)?\(/
const AUDITS =
  /\baudit\(|\badmitPerson\(|\bfoundOrganization\(|\bkeepVersion\(|\bwriteAnnotation\(|\b(change|keep)(ActionItem|Charter|DataSource|Decision|Exemption|Guardrail|Meeting|MeetingRecord|Model|ModelRequest|Policy|Provider|Risk|Tier|Version)\(/

/** Files that write no decision of anybody's, each with the reason. */
const NO_DECISION: Record<string, string> = {
  'approvals/complete-step.ts': 'called by verbs that audit the vote',
  'platform/config-publish.ts': 'called by verbs that audit',
  'platform/live.ts': 'announces what was audited',
  'platform/transaction-ending.ts': 'writes what verbs have left for the end',
  'platform/transaction.ts': 'sets what the transaction may see',
  'artifacts/keep-artifacts.ts': 'commits what was audited',
  'artifacts/push-artifacts.ts': 'notes how a push went',
  'content-log/drop-old-content.ts': 'drops content that is past its retention',
  'content-log/content-keys.ts': 'called by verbs that audit',
  'api/idempotency.ts': 'keeps an answer beside its change',
  'api/forget-answers.ts': 'forgets those answers',
  'audit-log/seal-audit.ts': 'seals the audit log itself',
  'dlp-events/drop-old-dlp-events.ts': 'drops findings that are past their retention',
  'failover-drills/run-waiting-drill.ts': 'tells how far a drill is; who started it and what came of it are audited',
  'home/note-visit.ts': 'notes when somebody looked at their own first page',
  'keys/claim-key.ts': 'issues by writeKey, which audits',
  'keys/key-request-kind.ts': 'carries out an approval, which the engine audits',
  'model-requests/ask-for-decision.ts': 'opens an approval, which the engine audits',
  'notices/mark-read.ts': 'notes what somebody has read of their own',
  'maturity/take-snapshot.ts': 'keeps how things stood',
  'notices/notify.ts': 'tells of what was audited',
  'notices/put-aside.ts': 'puts aside what was told of what is audited as decided',
  'notification-channels/attempt-delivery.ts': 'writes down what came of a delivery',
  'notification-channels/drop-old-deliveries.ts': 'drops deliveries that are past their retention',
  'notification-channels/forget-interactions.ts': 'forgets presses of buttons that are too old to count',
  'notification-channels/queue-deliveries.ts': 'called by notify',
  'notification-channels/slack/answer-interaction.ts': 'remembers that a press was taken; the decision is audited',
  'playground/remove-playground-keys.ts': 'removes keys that have expired',
  'requests/drop-old-requests.ts': 'drops evidence that is past its retention',
  'requests/keep-partitions.ts': 'makes room for evidence',
  'service-tokens/authenticate-service-token.ts': 'notes the last use',
}

function writers(): string[] {
  return readdirSync(LIB, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter(file => WRITES.test(readFileSync(path.join(LIB, file), 'utf8')))
    .sort()
}

test('whatever writes a decision writes it into the audit log', () => {
  const silent = writers().filter(file => !AUDITS.test(readFileSync(path.join(LIB, file), 'utf8')))
  expect(silent.filter(file => !publishes(file))).toEqual(Object.keys(NO_DECISION).sort())
})

/** A noun's own `publish-…` file makes the document for its verbs. */
function publishes(file: string): boolean {
  return /(^|\/)publish-[\w-]+\.ts$/.test(file)
}
