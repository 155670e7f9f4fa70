import type { CommandCost, Results } from "./results.js";

const PANEL = { width: 300, height: 200, left: 44, top: 56, gap: 36 };
/**
 * Each has a dash pattern of its own, so that people who cannot see the colours can tell them
 * apart.
 */
const STYLES = [
  { colour: "var(--ours)", dash: "" },
  { colour: "var(--theirs)", dash: "6 3" },
  { colour: "var(--more)", dash: "2 3" },
];
const LOOK = `
  svg { --text: #1f2328; --grid: #d1d9e0; --ours: #0969da; --theirs: #bc4c00; --more: #6e7781 }
  @media (prefers-color-scheme: dark) {
    svg { --text: #e6edf3; --grid: #3d444d; --ours: #4493f8; --theirs: #f0883e; --more: #9198a1 }
  }
  text { font: 12px system-ui, sans-serif; fill: var(--text) }
  .name { font-weight: 600; font-size: 14px }`;

/** Draws one panel per suite: wall time over the number of operations, one line per contender. */
export function plot(suites: readonly Results[]): string {
  const step = PANEL.width + PANEL.left + PANEL.gap;
  const width = suites.length * step;
  const height = PANEL.top + PANEL.height + 96;
  const panels = suites.map(
    ({ suite, costs }, index) =>
      `<g transform="translate(${index * step + PANEL.left} ${PANEL.top})">${panel(suite, costs)}</g>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`,
    "<title>Wall time in seconds against the number of operations</title>",
    `<style>${LOOK}\n</style>`,
    ...panels,
    "</svg>\n",
  ].join("\n");
}

function panel(suite: string, costs: readonly CommandCost[]): string {
  const most = Math.max(...costs.map(({ operations }) => operations));
  const top = niceAbove(Math.max(...costs.map(({ wallMs }) => wallMs.max)) / 1000);
  const x = (operations: number) => (operations / most) * PANEL.width;
  const y = (seconds: number) => PANEL.height - (seconds / top) * PANEL.height;
  const contenders = [...new Set(costs.map(({ contender }) => contender))];
  return [
    `<text class="name" x="0" y="-34">${suite}</text>`,
    `<text x="0" y="-14">seconds</text>`,
    ...gridLines(top, y),
    ...[...new Set(costs.map(({ operations }) => operations))].map(
      (operations) =>
        `<text x="${x(operations)}" y="${PANEL.height + 16}" text-anchor="middle">${operations}</text>`,
    ),
    ...contenders.map((contender, index) => {
      const own = costs.filter((cost) => cost.contender === contender);
      return line(contender, index, own, x, y);
    }),
  ].join("\n");
}

function gridLines(top: number, y: (seconds: number) => number): string[] {
  return [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const at = y(top * part);
    return (
      `<line x1="0" x2="${PANEL.width}" y1="${at}" y2="${at}" stroke="var(--grid)"/>` +
      `<text x="-6" y="${at + 4}" text-anchor="end">${Number((top * part).toPrecision(3))}</text>`
    );
  });
}

function line(
  contender: string,
  index: number,
  costs: readonly CommandCost[],
  x: (operations: number) => number,
  y: (seconds: number) => number,
): string {
  const { colour, dash } = STYLES[index % STYLES.length] ?? { colour: "currentColor", dash: "" };
  const points = costs.map(({ operations, wallMs }) => [x(operations), y(wallMs.median / 1000)]);
  const stroke = `stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"`;
  const legend = PANEL.height + 36 + index * 18;
  return [
    `<polyline fill="none" ${stroke} points="${points.map((point) => point.map(rounded).join()).join(" ")}"/>`,
    ...points.map(
      ([cx = 0, cy = 0]) =>
        `<circle cx="${rounded(cx)}" cy="${rounded(cy)}" r="3" fill="${colour}"/>`,
    ),
    `<line x1="0" x2="24" y1="${legend - 4}" y2="${legend - 4}" ${stroke}/>`,
    `<text x="32" y="${legend}">${contender}</text>`,
  ].join("\n");
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The next number of the form 1, 2 or 5 times a power of ten. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10) * power;
}
