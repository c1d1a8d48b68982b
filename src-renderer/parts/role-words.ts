/** Roles as a person reads them: `senior-technician` as "senior technician". */
export const roleWords = (roles: readonly string[]): string =>
  roles.map((role) => role.replaceAll('-', ' ')).join(', ');
