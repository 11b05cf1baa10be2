const ACCENTED = /[à-åç-ïñ-öù-ý]/g
const BASES = new Map(
  [...'àáâãäåçèéêëìíîïñòóôõöùúûüý'].map((letter, at) => [letter, 'aaaaaaceeeeiiiinooooouuuuy'.charAt(at)]),
)

/** A text in small letters with every letter in its place without its accent: many people write none. */
export function withoutAccents(text: string): string {
  return text.replace(ACCENTED, letter => BASES.get(letter) ?? letter)
}
