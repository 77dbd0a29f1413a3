import { defineEntity, OptionalProps, p } from '@mikro-orm/core';
import { ROLES } from '../../server/identity/roles.rules.ts';
import { LOCALES } from '../../server/users/users.schema.ts';

export const UserSchema = defineEntity({
  name: 'User',
  tableName: 'app_user',
  indexes: [
    { properties: ['createdAt', 'id'] },
    {
      name: 'app_user_agents_index',
      expression: "create index app_user_agents_index on app_user (name, id) where role <> 'user'",
    },
    {
      name: 'app_user_search_index',
      expression: 'create index app_user_search_index on app_user using gin (search_text gin_trgm_ops)',
    },
  ],
  properties: {
    id: p.uuid().primary(),
    /** Trimmed and lower case; null once erased. */
    email: p.string().columnType('text').unique().nullable(),
    name: p.string().columnType('text'),
    role: p.enum(ROLES),
    locale: p.enum(LOCALES).default('en'),
    /** argon2id in PHC form; null for people who cannot sign in. */
    passwordHash: p.string().columnType('text').nullable(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
    lastSignInAt: p.datetime(3).nullable(),
    erasedAt: p.datetime(3).nullable(),
    /** What search looks in: name and e-mail, folded. Made by PostgreSQL. */
    searchText: p
      .string()
      .columnType('text')
      .generated("(guichet_fold(name || ' ' || coalesce(email, ''))) stored")
      .lazy(),
  },
});

export class User extends UserSchema.class {
  [OptionalProps]?: 'locale' | 'searchText';
}
UserSchema.setClass(User);
