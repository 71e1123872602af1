/** Colours keep a contrast of 4.5 to 1 in both schemes; marks and words say the same without them. */
export const reportStyles = `
:root { color-scheme: light dark; --text: #1f2328; --quiet: #57606a; --page: #ffffff; --panel: #f6f8fa; --line: #d0d7de;
  --link: #0550ae; --unsafe: #b31d28; --unknown: #7a4d00; --safe: #116329; --not-affected: #57606a; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --quiet: #9aa4ae; --page: #0d1117; --panel: #161b22;
  --line: #3d444d; --link: #79b8ff; --unsafe: #ff8a80; --unknown: #f0c36d; --safe: #7ee787; --not-affected: #9aa4ae; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 64rem; color: var(--text); background: var(--page);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; }
h1 { margin: 0 0 .5rem; font-size: 1.75rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 2.25rem 0 .25rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); font-size: 1.35rem; }
h3 { margin: 0; font-size: 1.05rem; overflow-wrap: anywhere; }
p { margin: .5rem 0; }
a { color: var(--link); overflow-wrap: anywhere; }
a:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.summary { font-size: 1.15rem; }
.count, .place, .beside { color: var(--quiet); }
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .75rem; margin: 1rem 0;
  padding: 0; list-style: none; }
.counts li { padding: .75rem 1rem; border: 1px solid var(--line); border-left-width: 5px; border-radius: 6px;
  background: var(--panel); }
.counts strong { display: block; font-size: 1.75rem; line-height: 1.2; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: 0; list-style: none; }
article { margin: .75rem 0; padding: .75rem 1rem; border: 1px solid var(--line); border-left: 5px solid var(--line);
  border-radius: 6px; background: var(--panel); break-inside: avoid; }
article ul { margin: .5rem 0 0; padding-left: 1.25rem; }
article.unsafe, .counts .unsafe { border-left-color: var(--unsafe); }
article.unknown, .counts .unknown { border-left-color: var(--unknown); }
article.safe, .counts .safe { border-left-color: var(--safe); }
article.not-affected, .counts .not-affected { border-left-color: var(--not-affected); }
td.unsafe, .counts .unsafe strong { color: var(--unsafe); } td.unknown, .counts .unknown strong { color: var(--unknown); }
td.safe, .counts .safe strong { color: var(--safe); }
td.not-affected, .counts .not-affected strong { color: var(--not-affected); }
.scroll { overflow-x: auto; }
table { width: 100%; margin: .5rem 0; border-collapse: collapse; }
th, td { padding: .4rem .6rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { background: var(--panel); } tbody th { min-width: 13rem; font-weight: 600; } td { min-width: 6.5rem; } tr { break-inside: avoid; }
footer { margin-top: 2.5rem; padding-top: .75rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: .9rem; }
@media print { :root { color-scheme: light; --text: #000; --quiet: #444; --page: #fff; --panel: #fff; --line: #999;
  --link: #000; --unsafe: #8b0000; --unknown: #5c3a00; --safe: #004d1a; --not-affected: #444; }
  body { max-width: none; padding: 0; font-size: 10pt; } nav { display: none; } .scroll { overflow: visible; }
  h2, h3 { break-after: avoid; } thead { display: table-header-group; } a { text-decoration: none; } }
`;
