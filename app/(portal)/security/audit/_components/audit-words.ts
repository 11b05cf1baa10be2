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

/** An action in words: `key.issued` is "issued an API key", `provider.credential_set` "credential set of a provider". */
export function actionText(action: string): string {
  const [noun = '', verb = ''] = action.split('.')
  const words = verb.replaceAll('_', ' ')
  const named = NOUNS[noun] ?? noun.replaceAll('_', ' ')
  return words.includes(' ') ? `${words} of ${named}` : `${words} ${named}`.trim()
}

/** A field's name in words: `maxLifetimeDays` is "max lifetime days". */
export function fieldText(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .replaceAll('.', ', ')
    .toLowerCase()
}
