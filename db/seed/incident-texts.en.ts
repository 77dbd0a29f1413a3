import type { IncidentTemplate } from './incident-texts.ts';

export const ENGLISH_TEMPLATES: readonly IncidentTemplate[] = [
  {
    category: 'account',
    priority: 'high',
    title: 'Locked out after changing phone, no recovery codes',
    description:
      'I moved to a new {device} last weekend and the authenticator app did not come along. The recovery codes were saved on the old phone, which has been wiped.\n\nI can prove who I am with the last invoices. I need access today: a delivery for a client sits in the project {project}.',
  },
  {
    category: 'account',
    priority: 'medium',
    title: 'Password reset e-mail never arrives',
    description:
      'I asked for a reset {count} times since this morning and nothing arrives, not even in the spam folder. Other mail from you does come through, the newsletter for instance.\n\nBrowser: {browser}.',
  },
  {
    category: 'account',
    priority: 'medium',
    title: 'Signed out every few minutes on {browser}',
    description:
      'Since the update the page sends me back to the sign-in form every five minutes or so. It happens on {browser} only; on my {device} I stay signed in.\n\nCookies are allowed and the clock of the machine is right.',
  },
  {
    category: 'account',
    priority: 'low',
    title: 'Change the e-mail address of my account',
    description:
      'I am leaving the company whose address I signed up with and would like to move the account to a private one before the mailbox is closed. The settings page says "{code}" when I confirm the new address.',
  },
  {
    category: 'account',
    priority: 'high',
    title: 'Sign-in from {country} that was not me',
    description:
      'I was told about a sign-in from {country} on a {device}. I have never been there and nobody else has my password. I have changed it since.\n\nPlease close every other session and tell me what was opened or downloaded.',
  },
  {
    category: 'account',
    priority: 'low',
    title: 'My name is shown without its accents',
    description:
      'On invoices and in shared projects the accents in my name are replaced by question marks. In the settings it is spelled correctly. Two colleagues see the same with theirs.',
  },
  {
    category: 'account',
    priority: 'medium',
    title: 'Merge two accounts that I opened by mistake',
    description:
      'I signed up once by e-mail and once with the company sign-in. The {plan} plan is on one, the projects are on the other ({project} among them). Can both be brought together without losing the shared links?',
  },
  {
    category: 'account',
    priority: 'medium',
    title: 'Company sign-in fails with {code}',
    description:
      'Our identity provider says that the sign-in succeeded, then your page shows {code}. It concerns {count} people of the team since the certificate was renewed. The ones who were signed in before can still work.',
  },
  {
    category: 'account',
    priority: 'low',
    title: 'Notifications arrive in the wrong language',
    description:
      'The site is in English for me, the e-mails come in French. I have set the language twice on {browser}; it jumps back after signing in.',
  },
  {
    category: 'subscription',
    priority: 'high',
    title: 'Charged twice for invoice {invoice}',
    description:
      'My {card} was charged {amount} twice on the same day for invoice {invoice}. Only one of the two shows in the billing history.\n\nPlease return the second payment; the bank asks me to sort it out with you first.',
  },
  {
    category: 'subscription',
    priority: 'medium',
    title: 'Payment refused although the {card} is valid',
    description:
      'The renewal was refused with {code}. The same {card} works everywhere else, and the bank sees no attempt at all on its side. The account now says "past due" and I am afraid of losing access.',
  },
  {
    category: 'subscription',
    priority: 'low',
    title: 'Invoice {invoice} lacks our VAT number',
    description:
      'Our accounting department sends invoice {invoice} over {amount} back because the VAT number is missing. It is filled in under "Billing details" since last month. Could you issue it again?',
  },
  {
    category: 'subscription',
    priority: 'medium',
    title: 'Canceled, but billed again',
    description:
      'I canceled the {plan} plan before the end of the period and received the confirmation. Today {amount} were taken from my account all the same.\n\nPlease stop the subscription and refund this month.',
  },
  {
    category: 'subscription',
    priority: 'low',
    title: 'Move from monthly to yearly billing',
    description:
      'We would like to pay the {plan} plan once a year. The page offers the switch only at the end of the period, in {count} days. Is there a way to have it now, and is the rest of the month credited?',
  },
  {
    category: 'subscription',
    priority: 'medium',
    title: 'Still on the trial after paying',
    description:
      'I paid {amount} for the {plan} plan and have the receipt, yet the banner says that the trial ends tomorrow and exports carry a watermark.',
  },
  {
    category: 'subscription',
    priority: 'low',
    title: 'Price in {currency} differs from the offer',
    description:
      'The offer said {amount} a month, the checkout shows {other_amount} in {currency}. Is tax included in one and not in the other?',
  },
  {
    category: 'subscription',
    priority: 'medium',
    title: 'Cannot remove seats that nobody uses',
    description:
      '{count} people left the team this spring. I can deactivate them, but the number of seats on the {plan} plan does not go down and the next invoice still counts them.',
  },
  {
    category: 'subscription',
    priority: 'low',
    title: 'Student discount was dropped at renewal',
    description:
      'I am enrolled until next summer and sent the certificate in time. The renewal was charged at the full {amount} instead of half of it.',
  },
  {
    category: 'content',
    priority: 'high',
    title: 'Project "{project}" is empty this morning',
    description:
      'Yesterday evening there were {count} files in "{project}", today the folder is empty for the whole team. Nobody deleted anything; the bin is empty as well. We present it to the client tomorrow.',
  },
  {
    category: 'content',
    priority: 'medium',
    title: 'Upload of {file} stops at {percent} %',
    description:
      '{file} ({size}) stops at {percent} % each time, on {browser} and on {system}. Smaller files go through. The message is "{code}".',
  },
  {
    category: 'content',
    priority: 'medium',
    title: 'Export to {format} loses the images',
    description:
      'The {format} of "{project}" has the right number of pages, but every image is a grey box. Exporting again does not help. An export from last month still shows them.',
  },
  {
    category: 'content',
    priority: 'low',
    title: 'Search does not find "{file}"',
    description:
      'The file is there, I can open it from the folder, yet searching for its name says that there are no results. Renaming it makes it appear.',
  },
  {
    category: 'content',
    priority: 'medium',
    title: 'Shared link opens a blank page on {system}',
    description:
      'A client opens our shared link on {system} with {browser} and gets a blank page. On my {device} it works. The link is set to "anyone, read only" and has not expired.',
  },
  {
    category: 'content',
    priority: 'low',
    title: 'Line breaks vanish in comments < 3 lines & emoji 🙃 turn into boxes',
    description:
      'Short comments lose their line breaks, and emoji show as boxes on {system}:\n\n<b>first</b> line\nsecond line 🙃\n\nI would expect to read exactly what was typed.',
  },
  {
    category: 'content',
    priority: 'high',
    title: 'Old version of {file} overwrote the new one',
    description:
      'After working offline on the {device} the sync replaced {file} by a version that is {count} days old. The history shows no entry in between. Can the lost version be brought back?',
  },
  {
    category: 'content',
    priority: 'medium',
    title: 'Video stutters every {count} seconds',
    description:
      'Playback stops for a moment every {count} seconds, at any quality, on fibre. The same video is smooth once downloaded. {browser} on {system}.',
  },
];
