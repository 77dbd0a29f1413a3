import { useId } from 'react';
import type { PrivacyRequest } from '../../../server/privacy/privacy.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useDeadline } from '../ui/use-deadline.ts';
import { useFormat } from '../ui/use-format.ts';
import { type ClockFacts, type ClockMark, clockGeometry } from './clock-geometry.ts';
import { clockWords } from './clock-words.ts';
import classes from './legal-clock.module.css';

const BAR_TOP = 42;
const BAR = 12;
const ROW = 36;
const percent = (share: number) => `${(share * 100).toFixed(2)}%`;

type Request = ClockFacts & Pick<PrivacyRequest, 'clock_rule'>;

/** The legal clock of a request, drawn from receipt to its last deadline and said in words. `now` is ISO. */
export function LegalClock({ request, now }: { request: Request; now: string }) {
  const { t } = useTranslation();
  const { date } = useFormat(request.time_zone);
  const standing = useDeadline();
  const title = useId();
  const ended = clockWords(request);
  const due = { date: date(request.due_at), zone: request.time_zone };
  const late = (request.days_left ?? 0) < 0;
  const state = ended?.key ?? (late ? 'overdue' : 'running');
  return (
    <section className={classes.clock} aria-labelledby={title} data-state={state}>
      <h2 id={title}>{t('privacy.clock')}</h2>
      <p className={classes.words} suppressHydrationWarning>
        <strong suppressHydrationWarning>
          {ended ? t(`privacy.clock_words.${ended.key}`, { ...ended }) : standing(request)}
        </strong>
        {ended ? null : ` · ${t(late ? 'privacy.clock_was_due' : 'privacy.clock_due', due)}`}
      </p>
      <Bar request={request} now={now} />
      <p className={classes.law}>{t(request.extended_at ? 'privacy.clock_law_extended' : 'privacy.clock_law')}</p>
      {request.clock_rule === 'utc_instant' ? <p className={classes.law}>{t('privacy.clock_before')}</p> : null}
    </section>
  );
}

function Bar({ request, now }: { request: ClockFacts; now: string }) {
  const { t } = useTranslation();
  const { date } = useFormat(request.time_zone);
  const hatch = useId();
  const { marks, elapsed, overdue, extension } = clockGeometry(request, now);
  const rows = Math.max(...marks.map((mark) => mark.row));
  const words = marks
    .toSorted((a, b) => a.x - b.x)
    .map((mark) => `${t(`privacy.clock_mark.${mark.name}`)} ${date(mark.at)}`);
  return (
    <svg
      role="img"
      aria-label={`${t('privacy.clock_bar')}: ${words.join(', ')}`}
      width="100%"
      height={BAR_TOP + BAR + 10 + rows * ROW}
      className={classes.bar}
    >
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" className={classes.hatchGround} />
          <rect width="2" height="6" className={classes.hatch} />
        </pattern>
      </defs>
      <rect y={BAR_TOP} width="100%" height={BAR} rx={3} className={classes.track} />
      {extension ? (
        <rect
          x={percent(extension.from)}
          y={BAR_TOP}
          width={percent(extension.to - extension.from)}
          height={BAR}
          className={classes.extension}
        />
      ) : null}
      <rect y={BAR_TOP} width={percent(elapsed)} height={BAR} rx={3} className={classes.elapsed} />
      {overdue ? (
        <rect
          x={percent(overdue.from)}
          y={BAR_TOP}
          width={percent(overdue.to - overdue.from)}
          height={BAR}
          fill={`url(#${hatch})`}
        />
      ) : null}
      {marks.map((mark) => (
        <Mark key={mark.name} mark={mark} timeZone={request.time_zone} />
      ))}
    </svg>
  );
}

function Mark({ mark, timeZone }: { mark: ClockMark; timeZone: string }) {
  const { t } = useTranslation();
  const { date } = useFormat(timeZone);
  const { name, at, x, anchor, row } = mark;
  const above = row === 0;
  const top = above ? 12 : BAR_TOP + BAR + 20 + (row - 1) * ROW;
  return (
    <g data-mark={name} className={classes.mark}>
      <line
        x1={percent(x)}
        x2={percent(x)}
        y1={above ? BAR_TOP - 8 : BAR_TOP}
        y2={above ? BAR_TOP + BAR : top - 12}
        className={classes.tick}
      />
      <text x={percent(x)} y={top} textAnchor={anchor} className={classes.name}>
        {t(`privacy.clock_mark.${name}`)}
      </text>
      <text x={percent(x)} y={top + 15} textAnchor={anchor} className={classes.date} suppressHydrationWarning>
        {date(at)}
      </text>
    </g>
  );
}
