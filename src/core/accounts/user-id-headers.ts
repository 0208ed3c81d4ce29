/** The headers in which the known forks expect the user id (from the servers’ sources); sending all does no harm. */
export const ALL_USER_ID_HEADERS = [
  'New-Api-User',
  'Veloera-User',
  'X-Api-User',
  'voapi-user',
  'User-id',
  'Rix-Api-User',
  'neo-api-user',
  'X-ModelFlare-User',
] as const;
