import { Link } from '@remix-run/react';
import { type ReactNode, useId } from 'react';
import type { Dossier } from '../../../server/dossier/dossier.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import classes from './about-customer.module.css';
import { EmptyState } from './empty-state.tsx';
import { FindCustomer } from './find-customer.tsx';
import { IconUserOff } from './icons.ts';
import { PageHeader } from './page-header.tsx';
import { PersonName } from './person-name.tsx';

/**
 * A page with a form about a customer (`children`) and what is open already `beside` it. Without a customer it shows the
 * way to find one (`whom` says why), and for somebody erased no form.
 */
export function AboutCustomer({
  title,
  user,
  marks,
  whom,
  beside,
  children,
}: {
  title: string;
  user: Dossier['user'] | null;
  marks?: ReactNode;
  whom: string;
  beside: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  if (!user || user.erased_at) {
    return (
      <>
        <PageHeader title={title} />
        {user ? (
          <EmptyState title={t('common.erased_person')} icon={IconUserOff}>
            <Link to={`/users/${user.id}`}>{t('users.open_dossier')}</Link>
          </EmptyState>
        ) : (
          <FindCustomer>{whom}</FindCustomer>
        )}
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={title}
        meta={
          <>
            <Link to={`/users/${user.id}`}>
              <PersonName name={user.name} />
            </Link>
            <bdi>{user.email}</bdi>
            {marks}
          </>
        }
      />
      <div className={classes.columns}>
        <section className={`g-card ${classes.card}`} aria-label={title}>
          {children}
        </section>
        {beside}
      </div>
    </>
  );
}

/** What is open already, so that nobody begins it twice: each a link with its marks; `empty` when nothing is. */
export function OpenAlready({
  title,
  empty,
  rows,
  children,
}: {
  title: string;
  empty: string;
  rows: readonly { to: string; words: ReactNode; marks: ReactNode }[];
  children?: ReactNode;
}) {
  const id = useId();
  return (
    <section className={`g-card ${classes.card}`} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {rows.length === 0 ? (
        <p className="g-dimmed">{empty}</p>
      ) : (
        <ul className={classes.list}>
          {rows.map(({ to, words, marks }) => (
            <li key={to}>
              <Link to={to}>{words}</Link>
              <span className={classes.marks}>{marks}</span>
            </li>
          ))}
        </ul>
      )}
      {children}
    </section>
  );
}
