/** How many characters a password has; what else a new one must be, `password-strength.ts` says. */
export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 1_024;
