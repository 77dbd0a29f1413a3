import type { TestDesk } from './desk.ts';
import { addPerson, PASSWORD, type Person } from './people.ts';

/** Texts by which the traces of a customer are found, wherever they lie. */
export const TRACES = {
  name: 'Zoé Ünverwechselbar-Nguyễn',
  email: 'zoe.unverwechselbar@traces.example',
  title: 'Quokka <script>alert(1)</script> title',
  description: 'Numbat & "description" of a problem',
  details: 'Bilby details of the request',
};

/** A customer who has used the desk: sign-ins, a subscription, incidents that agents finished, requests. */
export async function liveCustomer(desk: TestDesk, { incidents = 3, locale = 'en' } = {}): Promise<Person> {
  const passwordHash = await hashOf(desk);
  const suffix = crypto.randomUUID().slice(0, 8);
  const email = TRACES.email.replace('@', `.${suffix}@`);
  const person = await addPerson((text, parameters) => desk.sql(text, parameters), {
    name: `${TRACES.name} ${suffix}`,
    email,
    passwordHash,
  });
  await desk.sql('update app_user set locale = $2 where id = $1', [person.id, locale]);
  await desk.sql(
    `insert into subscription (id, user_id, plan, status, price_cents, currency, billing_interval, started_at, created_at, updated_at)
     values (gen_random_uuid(), $1, 'team', 'active', 1290, 'EUR', 'month', now(), now(), now())`,
    [person.id],
  );
  const support = desk.callerAs('support');
  for (let index = 0; index < incidents; index++) {
    const incident = await support.incidents.create({
      user_id: person.id,
      category: 'account',
      title: `${TRACES.title} ${index}`,
      description: TRACES.description,
      priority: 'low',
      assignee_id: desk.people.support.id,
    });
    await support.incidents.update({ id: incident.id, status: 'closed' });
  }
  await support.dossier.get({ user_id: person.id });
  await desk.callerAs(null).auth.login({ email, password: PASSWORD });
  return person;
}

async function hashOf(desk: TestDesk): Promise<string | null> {
  const [row] = await desk.sql<{ password_hash: string | null }>('select password_hash from app_user where id = $1', [
    desk.people.user.id,
  ]);
  return row?.password_hash ?? null;
}
