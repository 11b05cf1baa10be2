type Kind = 'success' | 'error'
type More = { description?: string }

/** Says a result that arrives later, at the corner of the page. The code comes when there is something to say. */
export const toast = {
  success: (text: string, more?: More) => say('success', text, more),
  error: (text: string, more?: More) => say('error', text, more),
}

function say(kind: Kind, text: string, more?: More): void {
  void import('sonner').then(({ toast }) => toast[kind](text, more))
}
