/** Where the API begins; operations' paths are below it. */
export const API_ROOT = '/api/v1'
