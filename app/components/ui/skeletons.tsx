import { Skeleton } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation.ts';

/** The rows of a list that is on its way; as high as the real ones, so that nothing jumps. */
export function ListSkeleton({ rows = 10 }: { rows?: number }) {
  return (
    <Waiting>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <div key={row} style={{ height: 40, display: 'flex', alignItems: 'center' }}>
          <Skeleton height={12} width={`${88 - ((row * 17) % 40)}%`} radius="xl" />
        </div>
      ))}
    </Waiting>
  );
}

/** Lines of text that are on their way. */
export function TextSkeleton({ lines = 4 }: { lines?: number }) {
  return (
    <Waiting>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <Skeleton key={line} height={12} mt={10} width={line === lines - 1 ? '55%' : '100%'} radius="xl" />
      ))}
    </Waiting>
  );
}

function Waiting({ children }: { children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <div aria-busy="true">
      <span className="g-hidden">{t('common.loading')}</span>
      {children}
    </div>
  );
}
