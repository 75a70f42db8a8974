/** The style of the status page: light and dark, screen and paper. Attributes of style are not used: the page's policy forbids them. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #f4f5f7; --card: #ffffff; --ink: #18202b; --soft: #566173; --line: #dfe3e9; --grid: #e9ecf1;
  --active: #0b7a70; --soon: #b05a00; --overdue: #b4182d; --waiting: #3a5f9a; --ended: #9aa4b2; --focus: #1d4ed8;
  --active-wash: #dff3f0; --soon-wash: #fdecd3; --overdue-wash: #fde3e5; --waiting-wash: #e4ecf8; --ended-wash: #eceff3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0e1319; --card: #161d26; --ink: #e7ebf1; --soft: #9aa7b8; --line: #2a3441; --grid: #212a35;
    --active: #3ccfbf; --soon: #f3ae4b; --overdue: #ff7b86; --waiting: #8fb3ef; --ended: #5f6b7b; --focus: #9dc1ff;
    --active-wash: #12332f; --soon-wash: #3a2a10; --overdue-wash: #3d1a20; --waiting-wash: #1b2a42; --ended-wash: #212933;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
header, main, footer { max-width: 1240px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 32px; }
h1 { margin: 0; font-size: 26px; line-height: 1.25; letter-spacing: -0.015em; font-weight: 650; text-wrap: balance; }
h2 { margin: 0; font-size: 16px; font-weight: 650; }
p { margin: 0; }
code { font: 0.92em ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 16px; top: 12px; background: var(--card); padding: 8px 14px; border-radius: 6px; z-index: 9; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.when { color: var(--soft); margin-top: 4px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 12px; margin: 22px 0 0; padding: 0; list-style: none; }
.tiles li { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 16px; display: flex; flex-direction: column; }
.tiles b { font-size: 28px; line-height: 1.2; font-weight: 650; font-variant-numeric: tabular-nums; letter-spacing: -0.02em; }
.tiles span { color: var(--soft); font-size: 13.5px; }
.tiles .zero b { color: var(--soft); font-weight: 400; }
.tiles .soon:not(.zero) { border-color: var(--soon); } .tiles .soon:not(.zero) b { color: var(--soon); }
.tiles .overdue:not(.zero) { border-color: var(--overdue); background: var(--overdue-wash); } .tiles .overdue:not(.zero) b { color: var(--overdue); }
.notice { margin-top: 16px; padding: 12px 16px; border-radius: 10px; border: 1px solid var(--soon); background: var(--soon-wash); }
.notice.bad { border-color: var(--overdue); background: var(--overdue-wash); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; margin-top: 20px; padding: 20px; }
.card-head { display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: baseline; justify-content: space-between; }
.key { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 0; padding: 0; list-style: none; color: var(--soft); font-size: 13px; }
.key li { display: flex; align-items: center; gap: 6px; }
.key svg { width: 26px; height: 12px; overflow: visible; }
.chart { margin-top: 14px; overflow: auto; max-height: 620px; }
.chart svg.plot { display: block; width: 100%; min-width: 640px; }
svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: var(--ink); }
svg text.tick, svg text.quiet { fill: var(--soft); }
svg text.tick { font-variant-numeric: tabular-nums; }
svg .label { paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
svg .grid { stroke: var(--grid); stroke-width: 1; }
svg .day { stroke: var(--line); stroke-width: 1.5; }
svg .now { stroke: var(--ink); stroke-width: 1.5; }
svg .now-label { fill: var(--card); font-weight: 600; }
svg .now-flag { fill: var(--ink); }
svg .area { fill: var(--active-wash); } svg .edge { fill: none; stroke: var(--active); stroke-width: 1.5; }
svg .active { fill: var(--active); } svg .soon { fill: url(#hatch); stroke: var(--soon); stroke-width: 1.5; }
svg .overdue { fill: url(#cross); stroke: var(--overdue); stroke-width: 1.5; }
svg .waiting { fill: none; stroke: var(--waiting); stroke-width: 1.5; stroke-dasharray: 4 3; }
svg .ended { fill: var(--ended); opacity: 0.55; }
svg .mark-soon { fill: var(--soon); } svg .mark-overdue { fill: var(--overdue); }
svg .hatch-line { stroke: var(--soon); stroke-width: 2.5; } svg .cross-line { stroke: var(--overdue); stroke-width: 1.6; }
svg .hatch-ground { fill: var(--soon-wash); } svg .cross-ground { fill: var(--overdue-wash); }
svg .dim { opacity: 0.12; }
.filter { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; }
.filter label { font-size: 13px; color: var(--soft); display: flex; gap: 8px; align-items: center; }
input, select { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 7px 11px; min-width: 0; }
input { width: min(300px, 60vw); }
.count { color: var(--soft); font-size: 13.5px; font-variant-numeric: tabular-nums; }
.scroll { margin-top: 14px; overflow: auto; max-height: 80vh; border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: 13.5px; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { text-align: left; vertical-align: top; padding: 9px 10px; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { position: sticky; top: 0; background: var(--card); color: var(--soft); font-size: 12.5px; font-weight: 600; white-space: nowrap; z-index: 1; }
tbody th { font-weight: 600; overflow-wrap: anywhere; min-width: 190px; }
tbody tr:last-child > * { border-bottom: 0; }
tbody tr:hover > * { background: var(--paper); }
tr.over th, tr.over td { color: var(--soft); }
td.why { min-width: 160px; max-width: 380px; overflow-wrap: anywhere; }
td.people { overflow-wrap: anywhere; min-width: 166px; } td.request { overflow-wrap: anywhere; min-width: 206px; } td.request code { font-size: 11px; } td.what { overflow-wrap: anywhere; min-width: 110px; }
td.end { min-width: 112px; font-variant-numeric: tabular-nums; } td small { display: block; color: var(--soft); font-size: 12.5px; }
.badge { display: inline-flex; align-items: center; gap: 6px; padding: 1px 9px 1px 7px; border-radius: 999px; font-size: 13px; font-weight: 600; white-space: nowrap; }
.badge.active { background: var(--active-wash); color: var(--active); } .badge.soon { background: var(--soon-wash); color: var(--soon); }
.badge.overdue { background: var(--overdue-wash); color: var(--overdue); } .badge.waiting { background: var(--waiting-wash); color: var(--waiting); }
.badge.ended { background: var(--ended-wash); color: var(--soft); }
small.class-critical, small.class-high { font-weight: 600; color: var(--ink); } small.class-critical { color: var(--overdue); }
.empty { padding: 28px 0 8px; color: var(--soft); }
footer { padding-top: 20px; padding-bottom: 48px; color: var(--soft); font-size: 13.5px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 12px 0 0; } dt { color: var(--soft); } dd { margin: 0; color: var(--ink); overflow-wrap: anywhere; }
@media (prefers-reduced-motion: no-preference) { svg rect { transition: opacity 120ms linear; } }
@media (max-width: 640px) { header, main, footer { padding-left: 14px; padding-right: 14px; } .card { padding: 14px; } header { padding-top: 20px; } }
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --grid: #ddd; --active: #0b7a70; --soon: #b05a00; --overdue: #b4182d; --waiting: #3a5f9a; --ended: #999;
    --active-wash: #dff3f0; --soon-wash: #fdecd3; --overdue-wash: #fde3e5; --waiting-wash: #e4ecf8; --ended-wash: #eee; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 10.5pt; } header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  .filter, .skip { display: none; } .chart, .scroll { overflow: visible; max-height: none; } .scroll { border: 0; }
  .card { border: 0; padding: 0; } .tiles { grid-template-columns: repeat(5, 1fr); }
  thead { display: table-header-group; } thead th { position: static; } tr, .tiles li { break-inside: avoid; } table { font-size: 8.5pt; } th, td { padding: 4px 6px; }
}
@page { size: landscape; margin: 12mm; }
`;
