type CannedAnswers = { readonly topic: RegExp; readonly texts: readonly string[] }

/** Answers by topic; the first topic found in the question wins. */
export const CANNED_ANSWERS: readonly CannedAnswers[] = [
  {
    topic: /who are you|what are you|your name/i,
    texts: [
      'I am a model of the sandbox provider. I answer the same question the same way every time, cost nothing and never leave this machine.',
      'I am a sandbox model: a stand-in for a real one, so that you can try keys, budgets and policies without spending anything.',
    ],
  },
  {
    topic: /\b(hello|hi|hey|good (morning|evening))\b/i,
    texts: [
      'Hello! How can I help you today?',
      'Hello! It is good to hear from you. What would you like to work on?',
      'Hi there! Ask me anything, and I will do my best to help.',
    ],
  },
  {
    topic: /summar|tl;?dr|shorten/i,
    texts: [
      'In short: the text makes three points. The current process takes too long, most of the delay comes from waiting for approvals, and a clear owner for each step would remove about half of it.',
      'Summary: the proposal keeps the existing contract, moves the review to the start of each quarter, and asks finance to confirm the figures before the end of the month.',
    ],
  },
  {
    topic: /translat/i,
    texts: [
      'Here is the translation: „Vielen Dank für Ihre Nachricht. Wir melden uns bis Freitag mit einem Vorschlag.“',
      'Translated: « Merci pour votre message. Nous reviendrons vers vous avec une proposition avant vendredi. »',
    ],
  },
  {
    topic: /\bsql\b|database|query/i,
    texts: [
      "This query does it:\n\n```sql\nselect team, sum(amount) as spend\nfrom invoices\nwhere issued_on >= date_trunc('month', current_date)\ngroup by team\norder by spend desc;\n```\n\nAn index on `issued_on` keeps it fast as the table grows.",
    ],
  },
  {
    topic: /\bcode\b|function|typescript|python|bug|refactor/i,
    texts: [
      'Here is a small version that is easy to test:\n\n```ts\nexport function median(values: number[]): number | null {\n  const sorted = values.toSorted((a, b) => a - b)\n  return sorted[Math.floor(sorted.length / 2)] ?? null\n}\n```\n\nIt returns null for an empty list, so a caller has to decide what that means.',
      'The cause is most likely that the list is changed while it is read. Copy it first, or collect the items to remove and take them out afterwards; then the result no longer depends on the order.',
    ],
  },
  {
    topic: /e-?mail|letter|reply to|draft/i,
    texts: [
      'Here is a draft:\n\nDear colleagues,\n\nthe review of the supplier contract is complete. Two points are open: the notice period and the data location. Could we settle both on Thursday?\n\nKind regards',
    ],
  },
  {
    topic: /policy|complian|regulat|risk/i,
    texts: [
      'Three things matter here: who may use the system, which data it may see, and who looks at the results. Write each down with an owner and a review date, and keep the evidence where an auditor can find it.',
      'The main risk is not the model but the data that reaches it. Classify the data first, allow each class only where it is needed, and log every exception with a reason and an end date.',
    ],
  },
  {
    topic: /weather|forecast/i,
    texts: ['Expect a mild day with light clouds, around 18 °C in the afternoon and a gentle wind from the west.'],
  },
]

/** Answers to everything else. */
export const GENERAL_ANSWERS: readonly string[] = [
  'Start with the smallest version that someone can use, show it to two people, and let what they do decide the next step.',
  'There are two good ways to do this. The first is simpler and enough for most cases; the second pays off once more than a handful of teams depend on it.',
  'The short answer is yes, with one condition: agree beforehand how you will notice that it does not work, and what you will do then.',
  'It depends on how often it happens. Once a month, do it by hand and write down the steps; once a day, automate it and keep the written steps for the day it fails.',
  'Compare the options on three points: what they cost in a year, how hard they are to undo, and who has to be asked. The last one usually decides.',
  'Put the most important figure first, explain in one sentence how it changed, and say who acts on it. Everything else can go below.',
]
