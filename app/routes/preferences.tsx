import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { sameOriginPath } from '../components/ui/same-origin-path.ts';

const YEAR = 31_536_000;
const CHOICES = { locale: ['en', 'fr'], scheme: ['light', 'dark', 'auto'] } as const;

/** Keeps a choice of language (`locale`) or colours (`scheme`) in a cookie and goes back to `return_to`. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await context.form(request, 'everybody');
  const headers = new Headers();
  for (const [name, values] of Object.entries(CHOICES)) {
    const value = form.get(name);
    if (typeof value === 'string' && (values as readonly string[]).includes(value)) {
      headers.append('set-cookie', cookie(`guichet_${name}`, value, request));
    }
  }
  return redirect(sameOriginPath(form.get('return_to')), { status: 303, headers });
}

export function loader() {
  return redirect('/');
}

function cookie(name: string, value: string, request: Request): string {
  const local = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(request.url).hostname);
  return `${name}=${value}; Path=/; Max-Age=${YEAR}; HttpOnly; SameSite=Lax${local ? '' : '; Secure'}`;
}
