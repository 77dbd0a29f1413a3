/** The words of the certificate as a document, in the language of the person whom it is about. */
export type CertificateWords = {
  lang: 'en' | 'fr';
  title: string;
  law: string;
  done: string;
  request: string;
  check: string;
  means: Record<string, string>;
  approved: string;
  erased(count: string): string;
  values(count: number, shown: string): string;
  entries(count: number, shown: string): string;
  none: string;
  tables: Record<string, string>;
  others: string;
  othersNone: string;
  othersKept(count: number): string;
  grounds: Record<string, string>;
  statistics(columns: string): string;
  notCovered: string;
  limits: Record<string, string>;
  seal: string;
  keyed: string;
  print: string;
  json: string;
};

const en: CertificateWords = {
  lang: 'en',
  title: 'Certificate of erasure',
  law: 'Regulation (EU) 2016/679 (GDPR), Article 17',
  done: 'Erased on',
  request: 'Request',
  check: 'Identity checked by',
  means: {
    document: 'identity document',
    known_channel: 'known channel',
    code: 'code sent to them',
    other: 'other means',
  },
  approved: 'Approved on',
  erased: (count) => `${count} values were erased, and counted again: none remain.`,
  values: (count, shown) => `${shown} ${count === 1 ? 'value' : 'values'} erased`,
  entries: (count, shown) => `${shown} ${count === 1 ? 'entry' : 'entries'} kept`,
  none: 'nothing was held',
  tables: {
    app_user: 'Account',
    subscription: 'Subscription',
    incident: 'Incidents',
    privacy_request: 'Privacy requests',
    privacy_archive: 'Copies of the data',
    privacy_archive_chunk: 'Contents of copies',
    audit_event: 'Audit',
    session: 'Signed-in browsers',
    refresh_token: 'Sign-ins of programs',
    idempotency_key: 'Answers kept for a day',
  },
  others: 'Texts of other people',
  othersNone: 'They were searched for the name and the e-mail: neither was found.',
  othersKept: (count) => `They were searched for the name and the e-mail. ${count} places were kept by decision:`,
  grounds: {
    other_person: 'they name somebody else',
    rights_of_others: 'they belong to the data of others, Art. 17(3)(a)',
    legal_obligation: 'the law demands it, Art. 17(3)(b)',
    legal_claims: 'for legal claims, Art. 17(3)(e)',
  },
  statistics: (columns) => `The database’s statistics of ${columns} columns were searched: nothing remains.`,
  notCovered: 'What this certificate does not cover',
  limits: {
    backups: 'backups made before, until they expire',
    write_ahead_log: 'the database’s write-ahead log, until it is recycled',
    dead_rows: 'storage of the old rows, until the database reuses it (VACUUM)',
    texts_of_others: 'texts of other people that name the person in other words, or that were kept by decision',
    logs: 'request ids that callers chose, in logs',
    other_systems: 'systems other than this support desk',
  },
  seal: 'Seal (SHA-256)',
  keyed: 'Seal by the desk’s key (HMAC-SHA-256)',
  print: 'Print / PDF',
  json: 'Download as JSON',
};

const fr: CertificateWords = {
  lang: 'fr',
  title: 'Attestation d’effacement',
  law: 'Règlement (UE) 2016/679 (RGPD), article 17',
  done: 'Effacé le',
  request: 'Demande',
  check: 'Identité vérifiée par',
  means: { document: 'pièce d’identité', known_channel: 'canal connu', code: 'code envoyé', other: 'autre moyen' },
  approved: 'Acceptée le',
  erased: (count) => `${count} valeurs ont été effacées, puis recomptées : il n’en reste aucune.`,
  values: (count, shown) => `${shown} ${count < 2 ? 'valeur effacée' : 'valeurs effacées'}`,
  entries: (count, shown) => `${shown} ${count < 2 ? 'entrée conservée' : 'entrées conservées'}`,
  none: 'rien n’y était',
  tables: {
    app_user: 'Compte',
    subscription: 'Abonnement',
    incident: 'Incidents',
    privacy_request: 'Demandes RGPD',
    privacy_archive: 'Copies des données',
    privacy_archive_chunk: 'Contenu des copies',
    audit_event: 'Journal d’audit',
    session: 'Navigateurs connectés',
    refresh_token: 'Connexions de programmes',
    idempotency_key: 'Réponses gardées un jour',
  },
  others: 'Textes d’autres personnes',
  othersNone: 'Le nom et l’adresse e-mail y ont été cherchés : ni l’un ni l’autre n’y figure.',
  othersKept: (count) =>
    `Le nom et l’adresse e-mail y ont été cherchés. ${count} endroits sont conservés par décision :`,
  grounds: {
    other_person: 'ils nomment quelqu’un d’autre',
    rights_of_others: 'ils font partie des données d’autrui, art. 17(3)(a)',
    legal_obligation: 'la loi l’exige, art. 17(3)(b)',
    legal_claims: 'pour des droits en justice, art. 17(3)(e)',
  },
  statistics: (columns) => `Les statistiques de ${columns} colonnes de la base ont été fouillées : il n’y reste rien.`,
  notCovered: 'Ce que cette attestation ne couvre pas',
  limits: {
    backups: 'les sauvegardes faites avant, jusqu’à leur expiration',
    write_ahead_log: 'le journal d’écriture de la base, jusqu’à son recyclage',
    dead_rows: 'la place des anciennes lignes, jusqu’à ce que la base la réutilise (VACUUM)',
    texts_of_others: 'les textes d’autres personnes qui nomment la personne autrement, ou conservés par décision',
    logs: 'les identifiants de requête choisis par les appelants, dans les journaux',
    other_systems: 'les autres systèmes que ce service d’assistance',
  },
  seal: 'Sceau (SHA-256)',
  keyed: 'Sceau par la clé du service (HMAC-SHA-256)',
  print: 'Imprimer / PDF',
  json: 'Télécharger en JSON',
};

export const CERTIFICATE_WORDS = { en, fr };
