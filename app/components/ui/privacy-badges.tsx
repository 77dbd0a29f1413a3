import { DUE_SOON_DAYS } from '../../../server/privacy/deadline.rules.ts';
import type { PrivacyKind, PrivacyStatus } from '../../../server/privacy/privacy.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import type { Standing } from './deadline-words.ts';
import {
  IconAlertTriangle,
  IconBan,
  IconCalendarDue,
  IconCheck,
  IconCircleCheck,
  IconCircleX,
  IconEdit,
  IconEraser,
  IconFileText,
  IconInbox,
  IconProgress,
  IconUserCheck,
  IconX,
} from './icons.ts';
import { Mark, type Tone } from './mark.tsx';
import { useDeadline } from './use-deadline.ts';
import { useFormat } from './use-format.ts';

const STATUS = {
  requested: { tone: 'info', icon: IconInbox },
  identity_check: { tone: 'violet', icon: IconUserCheck },
  approved: { tone: 'ink', icon: IconCheck },
  processing: { tone: 'warn', icon: IconProgress },
  completed: { tone: 'good', icon: IconCircleCheck },
  failed: { tone: 'bad', icon: IconAlertTriangle },
  denied: { tone: 'neutral', icon: IconBan },
  canceled: { tone: 'neutral', icon: IconX },
} as const satisfies Record<PrivacyStatus, { tone: Tone; icon: unknown }>;

const KIND = {
  access: IconFileText,
  erasure: IconEraser,
  rectification: IconEdit,
} as const satisfies Record<PrivacyKind, unknown>;

/** The status of a privacy request. `plain` in lists. */
export function PrivacyStatusBadge({ status, plain }: { status: PrivacyStatus; plain?: boolean }) {
  const { t } = useTranslation();
  return (
    <Mark {...STATUS[status]} plain={plain}>
      {t(`privacy.status.${status}`)}
    </Mark>
  );
}

/** What a privacy request asks for. */
export function PrivacyKindLabel({ kind, plain = true }: { kind: PrivacyKind; plain?: boolean }) {
  const { t } = useTranslation();
  return (
    <Mark tone="neutral" icon={KIND[kind]} plain={plain}>
      {t(`privacy.kind.${kind}`)}
    </Mark>
  );
}

/** How loud a deadline is: overdue, within the days that count as soon, or calm. */
export function deadlineTone(daysLeft: number): 'bad' | 'warn' | 'neutral' {
  if (daysLeft < 0) return 'bad';
  return daysLeft <= DUE_SOON_DAYS ? 'warn' : 'neutral';
}

/** Where the deadline of a request stands, in words; the deadline itself and its zone on hover. */
export function DaysLeft({ request, plain }: { request: Standing; plain?: boolean }) {
  const { t } = useTranslation();
  const words = useDeadline()(request);
  const { exact } = useFormat(request.time_zone);
  const { days_left: left, due_at, time_zone } = request;
  const title = `${t('privacy.fields.due_at')}: ${exact(due_at)} (${time_zone})`;
  if (left === null) {
    return (
      <Mark tone="neutral" icon={IconCheck} plain={plain} title={title}>
        {t('privacy.ended')}
      </Mark>
    );
  }
  return (
    <Mark tone={deadlineTone(left)} icon={left < 0 ? IconCircleX : IconCalendarDue} plain={plain} title={title}>
      {words}
    </Mark>
  );
}
