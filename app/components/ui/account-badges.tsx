import type { AuditActorRole, AuditStatus } from '../../../server/audit/audit.rules.ts';
import type { SubscriptionPlan, SubscriptionStatus } from '../../../server/subscriptions/subscriptions.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconGauge,
  IconHeadset,
  IconHourglass,
  IconPlayerPause,
  IconSettings,
  IconUser,
  IconUserOff,
  IconX,
} from './icons.ts';
import { Mark, type Tone } from './mark.tsx';

const SUBSCRIPTION = {
  trialing: { tone: 'info', icon: IconHourglass },
  active: { tone: 'good', icon: IconCircleCheck },
  past_due: { tone: 'bad', icon: IconAlertTriangle },
  paused: { tone: 'warn', icon: IconPlayerPause },
  canceled: { tone: 'neutral', icon: IconCircleX },
  expired: { tone: 'neutral', icon: IconClock },
} as const satisfies Record<SubscriptionStatus, { tone: Tone; icon: unknown }>;

const ROLE = {
  user: { tone: 'neutral', icon: IconUser },
  support: { tone: 'ink', icon: IconHeadset },
  ops: { tone: 'violet', icon: IconGauge },
  anonymous: { tone: 'neutral', icon: IconUserOff },
  system: { tone: 'neutral', icon: IconSettings },
} as const satisfies Record<AuditActorRole, { tone: Tone; icon: unknown }>;

const OUTCOME = {
  success: { tone: 'good', icon: IconCheck },
  denied: { tone: 'warn', icon: IconBan },
  failed: { tone: 'bad', icon: IconX },
} as const satisfies Record<AuditStatus, { tone: Tone; icon: unknown }>;

/** The state of a subscription, with its plan in front when given; words for none. `plain` in lists. */
export function SubscriptionBadge({
  status,
  plan,
  plain,
}: {
  status: SubscriptionStatus | null | undefined;
  plan?: SubscriptionPlan | null;
  plain?: boolean;
}) {
  const { t } = useTranslation();
  if (!status) return <span className="g-dimmed">{t('subscriptions.none')}</span>;
  return (
    <Mark {...SUBSCRIPTION[status]} plain={plain}>
      {plan ? `${t(`subscriptions.plan.${plan}`)} · ` : ''}
      {t(`subscriptions.status.${status}`)}
    </Mark>
  );
}

/** The role of a person or of an audit event's actor. `plain` in lists. */
export function RoleBadge({ role, plain }: { role: AuditActorRole; plain?: boolean }) {
  const { t } = useTranslation();
  return (
    <Mark {...ROLE[role]} plain={plain}>
      {t(`roles.${role}`)}
    </Mark>
  );
}

/** How an audited act ended. `plain` in lists. */
export function OutcomeBadge({ status, plain }: { status: AuditStatus; plain?: boolean }) {
  const { t } = useTranslation();
  return (
    <Mark {...OUTCOME[status]} plain={plain}>
      {t(`audit.status.${status}`)}
    </Mark>
  );
}
