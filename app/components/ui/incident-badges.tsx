import type { IncidentCategory, IncidentPriority, IncidentStatus } from '../../../server/incidents/incidents.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import {
  IconArrowDown,
  IconArrowUp,
  IconCircle,
  IconCircleCheck,
  IconCreditCard,
  IconEqual,
  IconFileText,
  IconLock,
  IconProgress,
  IconUser,
} from './icons.ts';
import { Mark, type Tone } from './mark.tsx';

const STATUS = {
  open: { tone: 'info', icon: IconCircle },
  in_progress: { tone: 'warn', icon: IconProgress },
  resolved: { tone: 'good', icon: IconCircleCheck },
  closed: { tone: 'neutral', icon: IconLock },
} as const satisfies Record<IncidentStatus, { tone: Tone; icon: unknown }>;

const PRIORITY = {
  low: { tone: 'neutral', icon: IconArrowDown },
  medium: { tone: 'neutral', icon: IconEqual },
  high: { tone: 'bad', icon: IconArrowUp },
} as const satisfies Record<IncidentPriority, { tone: Tone; icon: unknown }>;

const CATEGORY = {
  account: IconUser,
  subscription: IconCreditCard,
  content: IconFileText,
} as const satisfies Record<IncidentCategory, unknown>;

/** The status of an incident. `plain` in lists. */
export function StatusBadge({ status, plain }: { status: IncidentStatus; plain?: boolean }) {
  const { t } = useTranslation();
  return (
    <Mark {...STATUS[status]} plain={plain}>
      {t(`incidents.status.${status}`)}
    </Mark>
  );
}

/** The priority of an incident; only `high` has a colour. `plain` in lists. */
export function PriorityBadge({ priority, plain }: { priority: IncidentPriority; plain?: boolean }) {
  const { t } = useTranslation();
  return (
    <Mark {...PRIORITY[priority]} plain={plain}>
      {t(`incidents.priority.${priority}`)}
    </Mark>
  );
}

/** What an incident is about. */
export function CategoryLabel({ category, plain = true }: { category: IncidentCategory; plain?: boolean }) {
  const { t } = useTranslation();
  return (
    <Mark tone="neutral" icon={CATEGORY[category]} plain={plain}>
      {t(`incidents.category.${category}`)}
    </Mark>
  );
}
