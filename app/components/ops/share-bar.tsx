import classes from './share-bar.module.css';

/** Two amounts as one bar, `of` being the longest bar beside it. The figures stand in words next to it. */
export function ShareBar({ first, second, of }: { first: number; second: number; of: number }) {
  const share = (value: number) => `${of > 0 ? ((value / of) * 100).toFixed(2) : 0}%`;
  return (
    <svg width="100%" height={10} className={classes.bar} aria-hidden="true">
      <rect width="100%" height={10} rx={2} className={classes.track} />
      <rect width={share(first)} height={10} rx={2} className={classes.first} />
      <rect x={share(first)} width={share(second)} height={10} className={classes.second} />
    </svg>
  );
}
