import { t } from '../trpc/init.ts';
import { auditedQuery, query } from '../trpc/procedures.ts';
import { listAgents } from './staff.read.ts';
import { agents, agentsInput } from './staff.schema.ts';
import { searchUsers } from './users.read.ts';
import { userPage, userSearchInput } from './users.schema.ts';

export const usersRouter = t.router({
  search: auditedQuery(
    'user:search',
    { action: 'support_user_search', target: 'user' },
    { method: 'GET', path: '/support/users', tags: ['users'], summary: 'People by a fragment of name or e-mail' },
  )
    .input(userSearchInput)
    .output(userPage)
    .query(({ ctx, input }) => searchUsers(ctx.work, input, ctx.desk.trigrams)),

  agents: query('incident:read', {
    method: 'GET',
    path: '/support/agents',
    tags: ['users'],
    summary: 'The people to whom an incident may be assigned',
  })
    .input(agentsInput)
    .output(agents)
    .query(({ ctx }) => listAgents(ctx.work)),
});
