import type { PrivacyKind, PrivacyStatus } from '../../../server/privacy/privacy.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
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

/** The days from which a legal deadline is worth a colour. */
const SOON = 7;

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

/**
 * How many days the law leaves: `daysLeft` as the schema's `days_left` (negative when overdue, null once ended).
 * The deadline itself on hover.
 */
export function DaysLeft({ daysLeft, dueAt, plain }: { daysLeft: number | null; dueAt: string; plain?: boolean }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const title = `${t('privacy.fields.due_at')}: ${date(dueAt)}`;
  if (daysLeft === null) {
    return (
      <Mark tone="neutral" icon={IconCheck} plain={plain} title={title}>
        {t('privacy.ended')}
      </Mark>
    );
  }
  const overdue = daysLeft < 0;
  const tone = overdue ? 'bad' : daysLeft <= SOON ? 'warn' : 'neutral';
  const words = overdue
    ? t('privacy.days_overdue', { count: -daysLeft })
    : daysLeft === 0
      ? t('privacy.due_today')
      : t('privacy.days_left', { count: daysLeft });
  return (
    <Mark tone={tone} icon={overdue ? IconCircleX : IconCalendarDue} plain={plain} title={title}>
      {words}
    </Mark>
  );
}
