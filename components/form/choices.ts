/** The choices of a Select from the words of each value. */
export function choicesOf<Value extends string>(words: Readonly<Record<Value, string>>) {
  return (Object.entries(words) as [Value, string][]).map(([value, label]) => ({ value, label }))
}
