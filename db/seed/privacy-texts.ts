import type { PrivacyKind } from '../../server/privacy/privacy.rules.ts';
import type { Locale } from '../../server/users/users.schema.ts';

/** What customers write when they ask. */
export const PRIVACY_DETAILS: Record<Locale, Record<PrivacyKind, readonly string[]>> = {
  en: {
    access: [
      'Please send me everything that you keep about me, invoices and support messages included.',
      'I would like a copy of my data in a format that another service can read.',
      'Which data do you have about me, where did it come from and who received it?',
    ],
    erasure: [
      'I no longer use the service. Please delete my account and all that belongs to it.',
      'Remove my data, including the projects that I shared and the messages to support.',
      'I withdraw my consent and ask for erasure of my data.',
    ],
    rectification: [
      'My postal address is wrong on every invoice: the street number should be 14, not 41.',
      'My surname changed last year. Please correct it everywhere, in old projects too.',
      'The date of birth in my profile is not mine.',
    ],
  },
  fr: {
    access: [
      'Je souhaite recevoir une copie de toutes les données que vous conservez à mon sujet, échanges avec le support compris.',
      'Merci de m’envoyer mes données dans un format lisible par un autre service.',
      'Quelles données avez-vous sur moi, d’où viennent-elles et à qui ont-elles été transmises ?',
    ],
    erasure: [
      'Je n’utilise plus le service. Merci de supprimer mon compte et tout ce qui s’y rattache.',
      'Je retire mon consentement et demande l’effacement de mes données.',
      'Supprimez mes données, y compris les projets partagés et les messages au support.',
    ],
    rectification: [
      'Mon adresse est fausse sur toutes les factures : c’est le 14, pas le 41.',
      'Mon nom a changé l’an dernier. Merci de le corriger partout, y compris dans les anciens projets.',
      'La date de naissance de mon profil n’est pas la mienne.',
    ],
  },
};

export const DENIAL_REASONS = [
  'The identity could not be verified: the document asked for twice was not sent.',
  'The request was made by somebody else without a mandate.',
  'The same copy was provided three weeks ago and nothing has changed since; the request is manifestly excessive (GDPR Art. 12(5)).',
  'Invoices must be kept for ten years by law; the account holds nothing else (GDPR Art. 17(3)(b)).',
  'The data is correct: it matches the contract signed by the customer.',
] as const;

/** Why an agent asked in a customer's place. */
export const ON_BEHALF_REASONS: Record<Locale, readonly string[]> = {
  en: [
    'By letter, signed, with a copy of the identity card.',
    'By telephone: they cannot sign in, since their e-mail address no longer exists.',
    'In a chat about something else; they asked us to write it down.',
  ],
  fr: [
    'Par courrier signé, avec une copie de la pièce d’identité.',
    'Par téléphone : connexion impossible, l’adresse e-mail n’existe plus.',
    'Au cours d’un échange sur un autre sujet, à sa demande.',
  ],
};

export const EXTENSION_REASONS = [
  'The data spans nine years and several archived projects; collecting it takes longer than a month (GDPR Art. 12(3)).',
  'The customer has sent four requests at once; they are answered together (GDPR Art. 12(3)).',
  'Messages of other people must be removed from the copy by hand (GDPR Art. 12(3), 15(4)).',
] as const;
