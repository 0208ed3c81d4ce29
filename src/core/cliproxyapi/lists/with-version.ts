/** The base URL with the `/v1` that it lacks. */
export const withVersion = (baseUrl: string): string => `${baseUrl.replace(/\/+$/, '')}/v1`;
