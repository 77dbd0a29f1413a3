import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import * as french from '@zxcvbn-ts/language-fr';
import { AppError } from '../errors.ts';
import { PASSWORD_MIN } from './password.rules.ts';

/** Characters that must be left of a password without what is known of its owner. */
const BESIDE_OWN_WORDS = 8;

/** Of 0 to 4; 3 stands for 10^8 guesses and more (zxcvbn). */
const SCORE_MIN = 3;

const estimator = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary, ...french.dictionary },
  graphs: common.adjacencyGraphs,
  // Its time grows with the square of the length.
  maxLength: 64,
});

type Owner = { email: string; name?: string | undefined };

/** Why a new password is not taken, in the words of a validation issue; null when it is. */
export function passwordFault(password: string, { email, name = '' }: Owner): string | null {
  if ([...password].length < PASSWORD_MIN) return `has fewer than ${PASSWORD_MIN} characters`;
  const own = [email, ...email.split(/[@.+_-]/), ...name.split(/\s+/), 'guichet']
    .map((word) => word.toLowerCase())
    .filter((word) => word.length > 2);
  let beside = password.toLowerCase();
  for (const word of own) beside = beside.replaceAll(word, '');
  const guessable = beside.length < BESIDE_OWN_WORDS || estimator.check(password, own).score < SCORE_MIN;
  return guessable ? 'is easy to guess' : null;
}

/** @throws AppError validation_failed when it is short, common, or made of what is known of its owner */
export function assertGoodPassword(password: string, owner: Owner, path: string): void {
  const message = passwordFault(password, owner);
  if (message) throw new AppError('validation_failed', { issues: [{ path, message }] });
}
