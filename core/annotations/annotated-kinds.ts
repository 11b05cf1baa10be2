/** Records that people can comment on, attach files to and link with each other. */
export const ANNOTATED_KINDS = [
  'policy',
  'exemption',
  'risk',
  'workload',
  'brief',
  'model',
  'model_request',
  'data_source',
  'budget',
  'board_decision',
] as const
export type AnnotatedKind = (typeof ANNOTATED_KINDS)[number]

/** The largest file, in bytes: 5 MiB. */
export const MOST_FILE_BYTES = 5 * 1024 * 1024
