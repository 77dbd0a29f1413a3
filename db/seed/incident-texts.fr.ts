import type { IncidentTemplate } from './incident-texts.ts';

export const FRENCH_TEMPLATES: readonly IncidentTemplate[] = [
  {
    category: 'account',
    priority: 'high',
    title: 'Compte bloqué après trop de tentatives',
    description:
      'Mon compte est bloqué depuis ce matin alors que mon mot de passe est le bon : il fonctionnait encore hier soir sur mon {device}. Le message affiché est « {code} ».\n\nJ’ai une livraison à faire aujourd’hui pour le projet {project}, merci de faire au plus vite.',
  },
  {
    category: 'account',
    priority: 'medium',
    title: 'Le lien de réinitialisation est déjà expiré',
    description:
      'Je demande un nouveau mot de passe, le courriel arrive tout de suite, mais le lien répond « lien expiré » dès la première ouverture. Essayé {count} fois, avec {browser} et sur mon {device}.',
  },
  {
    category: 'account',
    priority: 'low',
    title: 'Changer le nom affiché après un mariage',
    description:
      'Je souhaite que mon nouveau nom d’usage apparaisse sur les projets partagés et sur les factures. Le champ est grisé dans les réglages.',
  },
  {
    category: 'account',
    priority: 'high',
    title: 'Connexion suspecte depuis : {country}',
    description:
      'J’ai reçu une alerte pour une connexion depuis « {country} » que je n’ai pas faite. J’ai changé mon mot de passe dans la minute.\n\nPouvez-vous fermer toutes les sessions et me dire ce qui a été consulté ?',
  },
  {
    category: 'account',
    priority: 'medium',
    title: 'Code de vérification refusé',
    description:
      'Le code à six chiffres est refusé à chaque fois depuis le passage à {system}. L’heure du téléphone est réglée automatiquement. Les codes de secours, eux, fonctionnent, mais il ne m’en reste que deux.',
  },
  {
    category: 'account',
    priority: 'low',
    title: 'Je reçois encore les courriels d’une ancienne équipe',
    description:
      'J’ai quitté l’équipe du projet {project} au printemps et je reçois toujours ses notifications, {count} la semaine dernière. Le lien de désinscription renvoie à l’accueil.',
  },
  {
    category: 'account',
    priority: 'medium',
    title: 'Impossible d’inviter une adresse avec une apostrophe',
    description:
      'L’adresse d’une collègue contient une apostrophe ; l’invitation est refusée comme « adresse invalide ». L’adresse est bonne, nous nous écrivons tous les jours.',
  },
  {
    category: 'subscription',
    priority: 'high',
    title: 'Prélevé deux fois pour la facture {invoice}',
    description:
      'Ma {card} a été débitée deux fois de {amount} pour la facture {invoice}. Un seul paiement figure dans l’historique.\n\nMerci de rembourser le second.',
  },
  {
    category: 'subscription',
    priority: 'medium',
    title: 'Résiliation non prise en compte',
    description:
      'J’ai résilié la formule {plan} le mois dernier et j’ai gardé la confirmation. Pourtant {amount} ont été prélevés ce matin. Je demande l’arrêt de l’abonnement et le remboursement.',
  },
  {
    category: 'subscription',
    priority: 'low',
    title: 'Numéro de TVA absent de la facture {invoice}',
    description:
      'Notre comptabilité refuse la facture {invoice} ({amount}), car notre numéro de TVA n’y figure pas. Il est pourtant renseigné dans « Facturation ». Pouvez-vous la rééditer ?',
  },
  {
    category: 'subscription',
    priority: 'medium',
    title: 'Paiement refusé, carte pourtant valide',
    description:
      'Le renouvellement échoue avec le code {code}. Ma banque ne voit aucune demande de votre part. J’ai essayé une autre carte ({card}), même résultat.',
  },
  {
    category: 'subscription',
    priority: 'low',
    title: 'Passer de la formule {plan} au paiement annuel',
    description:
      'Nous voudrions payer à l’année. La page indique que ce n’est possible qu’à l’échéance, dans {count} jours. Le mois en cours serait-il déduit ?',
  },
  {
    category: 'subscription',
    priority: 'medium',
    title: 'Code promotionnel accepté puis oublié',
    description:
      'Le code de l’offre de rentrée a été accepté à l’étape du panier ({amount}), mais le paiement s’est fait au plein tarif, soit {other_amount}.',
  },
  {
    category: 'subscription',
    priority: 'low',
    title: 'Suspendre l’abonnement pendant un congé parental',
    description:
      'Je serai absente plusieurs mois. Est-il possible de mettre l’abonnement {plan} en pause sans perdre le projet {project} ni les liens partagés ?',
  },
  {
    category: 'content',
    priority: 'high',
    title: 'Le projet « {project} » a disparu',
    description:
      'Le projet « {project} » n’apparaît plus pour aucun membre de l’équipe depuis hier soir. La corbeille est vide. Il contenait {count} fichiers, dont {file}, que nous devons rendre vendredi.',
  },
  {
    category: 'content',
    priority: 'medium',
    title: 'Import de {file} bloqué à {percent} %',
    description:
      'L’import de {file} ({size}) s’arrête toujours à {percent} %, avec {browser} comme avec l’application. Le message est « {code} ». Les petits fichiers passent.',
  },
  {
    category: 'content',
    priority: 'medium',
    title: 'Accents illisibles dans l’export {format}',
    description:
      'Dans l’export {format}, les « é » deviennent « Ã© ». L’aperçu à l’écran est correct. Le fichier part chez l’imprimeur demain.',
  },
  {
    category: 'content',
    priority: 'low',
    title: 'L’ordre des chapitres change tout seul',
    description:
      'À chaque ouverture du projet {project}, les chapitres sont triés par nom au lieu de l’ordre que j’ai choisi. Le problème n’existe pas sur mon {device}.',
  },
  {
    category: 'content',
    priority: 'medium',
    title: 'Sous-titres décalés de plusieurs secondes',
    description:
      'Les sous-titres de {file} sont décalés d’environ {count} secondes avec {browser}. Le fichier d’origine est juste.',
  },
  {
    category: 'content',
    priority: 'low',
    title: 'Vignettes grises dans la bibliothèque',
    description:
      'Une vignette sur deux reste grise sur {system}. En ouvrant le fichier tout va bien, mais retrouver une image parmi {count} pages devient pénible.',
  },
  {
    category: 'content',
    priority: 'high',
    title: 'Version écrasée après un travail hors ligne',
    description:
      'Après un trajet sans réseau, la synchronisation a remplacé {file} par une version vieille de {count} jours. L’historique ne montre rien entre les deux. Pouvez-vous restaurer la bonne version ?',
  },
];
