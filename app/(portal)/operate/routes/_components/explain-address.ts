/** What the explain page is asked, as its address says it. */
export interface ExplainQuestion {
  key: string
  team: string
  workload: string
  useCase: string
  model: string
  operation: string
  tier: string
  /** Slugs, with commas between. */
  sources: string
  input: string
  output: string
  answers: string
  /** Of the body, as JSON. */
  parameters: string
  budget: boolean
}

export const NO_QUESTION: ExplainQuestion = {
  key: '',
  team: '',
  workload: '',
  useCase: '',
  model: '',
  operation: 'chat',
  tier: '',
  sources: '',
  input: '1000',
  output: '',
  answers: '1',
  parameters: '',
  budget: false,
}

type Params = Record<string, string | string[] | undefined>

/** Reads the page's address; what is missing is as in an empty form. */
export function questionOf(params: Params): ExplainQuestion {
  const text = (name: keyof ExplainQuestion) => {
    const value = params[name]
    return typeof value === 'string' ? value : String(NO_QUESTION[name])
  }
  const { budget: _, ...texts } = NO_QUESTION
  const read = Object.fromEntries(Object.keys(texts).map(name => [name, text(name as keyof ExplainQuestion)]))
  return { ...NO_QUESTION, ...read, budget: params.budget === '1' }
}

/** The address of the explanation of a request. */
export function explainHref(question: Partial<ExplainQuestion>): string {
  const full = { ...NO_QUESTION, ...question }
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(full)) {
    if (value !== NO_QUESTION[name as keyof ExplainQuestion]) params.set(name, value === true ? '1' : String(value))
  }
  return `/operate/routes/explain${params.size > 0 ? `?${params}` : ''}`
}

/** The question as the verb takes it; what is no number, or no JSON, is passed on, for the verb to name the rule. */
export function questionInput(question: ExplainQuestion) {
  const { key, team, workload, useCase, model, operation, tier, sources, input, output, answers } = question
  return {
    keyId: key || null,
    teamId: key ? null : team || null,
    workload: workload || null,
    useCase: useCase || null,
    model,
    operation,
    tier: tier || null,
    dataSources: sources === '' ? [] : sources.split(','),
    inputTokens: numberOf(input) ?? 0,
    maxOutputTokens: numberOf(output),
    answers: numberOf(answers) ?? 1,
    parameters: question.parameters.trim() === '' ? {} : jsonOf(question.parameters),
    budgetPressure: question.budget,
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function numberOf(text: string): number | string | null {
  const plain = text.replaceAll(',', '').trim()
  if (plain === '') return null
  return /^\d{1,9}$/.test(plain) ? Number(plain) : plain
}
