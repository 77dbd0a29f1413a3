/** How the page of an archive looks: light and dark, narrow and wide, on screen and on paper. */
export const EXPORT_STYLE = `
:root { color-scheme: light dark; --page: #f4f6f9; --card: #fff; --line: #dfe3ea; --text: #1f2835; --strong: #111821;
  --dim: #56606f; --link: #2b4f9e; --accent: #2b4580; --good: #1b6037; --good-bg: #e1f2e8; --bad: #a11f2a;
  --bad-bg: #fbe7e8; --live: #1b5090; --live-bg: #e2edf9; --idle: #495463; --idle-bg: #e9ecf0; }
@media (prefers-color-scheme: dark) { :root { --page: #12171e; --card: #181e27; --line: #2c3541; --text: #d6dde7;
  --strong: #f1f4f8; --dim: #a3aebd; --link: #a6bbea; --accent: #8fabe8; --good: #86d3a4; --good-bg: #183426;
  --bad: #f59aa0; --bad-bg: #43202a; --live: #8fc1f7; --live-bg: #1a2f47; --idle: #b4bfcd; --idle-bg: #28303b; } }
* { box-sizing: border-box; margin: 0; }
html { font: 100%/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  background: var(--page); color: var(--text); scroll-padding-top: 1rem; font-variant-numeric: tabular-nums; }
body { max-width: 66rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; overflow-wrap: anywhere; }
h1, h2, h3, strong { color: var(--strong); font-weight: 650; line-height: 1.3; }
h1 { font-size: 2rem; letter-spacing: -.015em; } h2 { font-size: 1.375rem; letter-spacing: -.01em; }
h3 { font-size: 1.0625rem; }
a { color: var(--link); text-underline-offset: .2em; }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
main:focus { outline: none; }
ol, ul { list-style: none; padding: 0; }
code { font: .8125em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; unicode-bidi: isolate; }
dt { color: var(--dim); font-size: .8125rem; } dd { margin: 0; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: .5rem 1rem; background: var(--card); border-radius: 6px; }
.skip:focus { top: 1rem; }

.top { border-top: 4px solid var(--accent); background: var(--card); border-radius: 10px; padding: 2rem;
  box-shadow: 0 0 0 1px var(--line); }
.top > p { margin-top: .5rem; max-width: 44rem; color: var(--dim); }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); gap: .875rem 1.5rem; }
.top > dl { margin-top: 1.5rem; grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr)); }
.top > dl strong { display: block; font-size: 1.0625rem; }
nav { margin-top: 1.75rem; }
nav ul { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(7.5rem, 100%), 1fr)); gap: .625rem; }
nav a { display: flex; flex-direction: column-reverse; justify-content: flex-end; height: 100%; padding: .75rem;
  border: 1px solid var(--line); border-radius: 8px; text-decoration: none; font-size: .875rem; line-height: 1.35; }
nav a:hover { border-color: var(--link); text-decoration: underline; } nav strong { font-size: 1.5rem; }
.note { margin-top: 1.75rem; padding-top: 1.25rem; border-top: 1px solid var(--line); font-size: .9375rem; color: var(--dim); }
.note h2 { font-size: .9375rem; letter-spacing: 0; } .note ul { margin-top: .375rem; }
.note li { position: relative; padding-left: 1rem; margin-top: .25rem; max-width: 50rem; }
.note li::before { content: ""; position: absolute; left: 0; top: .6em; border: 2.5px solid var(--accent);
  border-radius: 50%; }

section { margin-top: 3rem; }
section > header { display: flex; flex-wrap: wrap; gap: .25rem .625rem; align-items: center; }
section > header > p { flex: 0 0 100%; color: var(--dim); } section > header .about { max-width: 50rem; }
section > header > .count { flex: none; padding: 0 .625rem; border-radius: 1rem; background: var(--idle-bg);
  color: var(--idle); font-size: .875rem; font-weight: 600; }
.up { margin-left: auto; padding: .125rem 0; } .up::before { content: "\\2191\\a0" / ""; } .up, section > header > .file { font-size: .875rem; }
.file a { display: inline-block; padding: .125rem 0; }
.empty { margin-top: 1rem; padding: 1rem 1.5rem; border: 1px dashed var(--line); border-radius: 10px; color: var(--dim); }
section > ol > li { margin-top: 1rem; padding: 1.25rem 1.5rem; background: var(--card); border-radius: 10px;
  box-shadow: 0 0 0 1px var(--line); content-visibility: auto; contain-intrinsic-size: auto 16rem; }
li:target { box-shadow: 0 0 0 3px var(--link); }
li > header { display: flex; justify-content: space-between; align-items: flex-start; gap: 1rem; margin-bottom: 1rem; }
li > header div > p { color: var(--dim); font-size: .8125rem; }
.badge { flex: none; padding: .125rem .625rem; border-radius: 1rem; background: var(--idle-bg); color: var(--idle);
  font-size: .8125rem; font-weight: 600; }
.badge span, .day dl > :first-child dt { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.good { background: var(--good-bg); color: var(--good); } .live { background: var(--live-bg); color: var(--live); }
.bad { background: var(--bad-bg); color: var(--bad); }
.text { grid-column: 1 / -1; } .text > dd { white-space: pre-wrap; max-width: 50rem; }
dd > dl { margin-top: .375rem; padding: .875rem 1rem; background: var(--page); border-radius: 8px; white-space: normal; }
dd > dl > div:has(> dd > dl) { grid-column: 1 / -1; }
dl dl dl { padding: 0 0 0 1rem; border-left: 2px solid var(--line); border-radius: 0; }

.day { display: grid; grid-template-columns: 8.5rem 1fr; gap: 0 1.5rem; padding: .5rem 1.5rem; background: var(--card);
  border: solid var(--line); border-width: 1px 1px 0; content-visibility: auto; contain-intrinsic-size: auto 20rem; }
header + .day { margin-top: 1rem; border-radius: 10px 10px 0 0; }
.day:last-child { border-bottom-width: 1px; border-radius: 0 0 10px 10px; }
header + .day:last-child { border-radius: 10px; }
.day h3 { position: sticky; top: 0; align-self: start; padding: .375rem 0; font-size: .9375rem; }
.day li { padding: .375rem 0 .375rem 4.75rem; font-size: .875rem; } .day li + li { border-top: 1px solid var(--line); }
.day li > time { float: left; margin-left: -4.75rem; color: var(--dim); }
.day li > *, .day dl > :nth-last-child(2), .day dl > * > * { display: inline; }
.day p { margin-right: .875rem; font-weight: 600; color: var(--strong); }
.day dl > * { display: inline-block; margin-right: .875rem; } .day dt { font-size: inherit; margin-right: .375rem; }
.day dl > :nth-last-child(-n + 2) { font-size: .75rem; color: var(--dim); }
.day dl > :nth-last-child(2)::before { content: "\\a"; white-space: pre; }
.day code, .day dl > :nth-last-child(-n + 2) dd { font: .75rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono",
  monospace; unicode-bidi: isolate; }
.day .bad { padding: 0 .375rem; border-radius: 4px; font-weight: 600; }
footer { margin-top: 3rem; }

@media (max-width: 40rem) {
  body { padding: 0 0 3rem; } .top { border-radius: 0; padding: 1.5rem 1rem; } h1 { font-size: 1.625rem; }
  nav ul { grid-template-columns: 1fr 1fr; gap: .5rem; }
  section dl { grid-template-columns: 1fr 1fr; gap: .75rem 1rem; } section > header, footer { padding: 0 1rem; }
  section > ol > li, .day { padding: 1rem; border-radius: 0; border-width: 1px 0 0; } .empty { margin: 1rem 1rem 0; }
  .day { display: block; } .day h3 { background: var(--card); }
  .day li { padding-left: 0; } .day li > time { float: none; margin: 0 .5rem 0 0; }
  .day p { margin: 0; } .day li > p::after { content: "\\a"; white-space: pre; }
  header + .day, .day:last-child, header + .day:last-child { border-radius: 0; border-width: 1px 0; }
  nav li:last-child:nth-child(odd) { grid-column: 1 / -1; }
}
@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; --line: #c4cad4; --text: #111; --strong: #000; --dim: #444;
    --link: #111; --accent: #2b4580; --good: #1b6037; --good-bg: #fff; --bad: #a11f2a; --bad-bg: #fff; --live: #1b5090;
    --live-bg: #fff; --idle: #333; --idle-bg: #fff; }
  @page { margin: 16mm 14mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
  html { font-size: 8.5pt; }
  section > header { display: block; break-inside: avoid; } section > header > * { display: inline; }
  section > header > .about { display: block; } body { max-width: none; padding: 0; }
  .top { padding: 1rem 0 0; border-radius: 0; box-shadow: none; } nav, .skip, .file, .up { display: none; }
  a { text-decoration: none; } section { margin-top: 2rem; }
  section > ol > li, .day { content-visibility: visible; padding: .75rem 1rem; border-radius: 4px; box-shadow: none;
    border: 1px solid var(--line); }
  .day { padding: .25rem 0; border-width: 1px 0 0; } header + .day { border-radius: 0; }
  .badge, section > header > .count { border: 1px solid; } h2, h3, header { break-after: avoid; }
  section > ol > li, .day li { break-inside: avoid; } .day h3 { position: static; }
}
`;
