/** What stands in an erased account and its texts, in place of what was there. */
export const ERASED = 'Erased';
