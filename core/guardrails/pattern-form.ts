import { z } from 'zod'

export const TEMPLATE = /^[A-Za-z0-9 #@*._/:-]{3,64}$/
const Word = z.string().trim().min(2).max(100)

/**
 * What an organization looks for beyond the detectors. None of the three forms can take more than linear time: a
 * template has no repetition of its own (`#` digit, `@` letter, `*` either), words and dictionaries are looked up.
 */
export const PatternForm = z.discriminatedUnion('form', [
  z.strictObject({
    form: z.literal('template'),
    templates: z
      .array(
        z
          .string()
          .trim()
          .regex(
            TEMPLATE,
            'three to 64 letters, digits, spaces and . _ / : - with # for a digit, @ for a letter, * for either',
          )
          .refine(text => /[#@*]/.test(text), 'at least one of # (digit), @ (letter) or * (either)'),
      )
      .min(1)
      .max(20),
  }),
  z.strictObject({ form: z.literal('keywords'), words: z.array(Word).min(1).max(500) }),
  z.strictObject({
    form: z.literal('dictionary'),
    /** Base64url of the keyed hash of each entry in lower case with single spaces. */
    hashes: z.array(z.string().length(43)).min(1).max(50_000),
    /** The key of these hashes, base64url. */
    salt: z.string().length(22),
    /** Numbers of words that entries have. */
    lengths: z.array(z.int().min(1).max(6)).min(1).max(6),
  }),
])
export type PatternForm = z.infer<typeof PatternForm>
