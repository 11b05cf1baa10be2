const NOUNS: Record<string, string> = {
  key: 'an API key',
  person: 'a person',
  team: 'a team',
  membership: 'a membership',
  group_mapping: 'a group mapping',
  provider: 'a provider',
  model: 'a model',
  service_token: 'a service token',
  organization: 'the organization',
  audit: 'the audit log',
  content: 'the content of a request',
  content_log: 'the content log',
  saved_view: 'a saved view',
  sign_in_link: 'a sign-in link',
}

/** Actions whose name says too little for a sentence. */
const PHRASES: Record<string, string> = {
  'board_item.taken_up': 'took up an item of the board',
  'board_meeting.item_overtaken': 'overtook an item of a board meeting',
  'board_minutes.approved_by_member': 'approved minutes of the board',
  'maturity.self_assessed': 'assessed the organization’s maturity',
  'model.version_in_service': 'put a version of a model in service',
  'model_version.signed_off': 'signed off a version of a model',
  'policy.legal_reviewed': 'reviewed a policy for Legal',
  'policy.reviewed_unchanged': 'reviewed a policy and left it as it is',
  'policy.version_turned_down': 'turned down a version of a policy',
}

/** An action in words: `key.issued` is "issued an API key", `provider.credential_set` "set the credential of a provider". */
export function actionText(action: string): string {
  const phrase = PHRASES[action]
  if (phrase) return phrase
  const [noun = '', verb = ''] = action.split('.')
  const named = NOUNS[noun] ?? withArticle(noun.replaceAll('_', ' '))
  const words = verb.split('_')
  const last = words.at(-1) ?? ''
  if (words.length === 1) return `${last} ${named}`.trim()
  const others = words.slice(0, -1).join(' ')
  if (last === 'in' || last === 'out') return `${others} ${named} ${last}`
  if (last === 'set' || last === 'put' || last.endsWith('ed') || last === 'built')
    return `${last} the ${others} of ${named}`
  return `${words.join(' ')} of ${named}`
}

function withArticle(noun: string): string {
  if (noun === '') return ''
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`
}

/** A field's name in words: `maxLifetimeDays` is "max lifetime days". */
export function fieldText(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .replaceAll('.', ', ')
    .toLowerCase()
}
