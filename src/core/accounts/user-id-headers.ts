/** Every name that a known fork looks for the user id under (from the servers’ sources); all at once do no harm. */
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
