import { shown } from '../harness/output';

/** What one part costs at each size. */
export interface Curve {
  readonly name: string;
  readonly what: string;
  readonly values: number[];
}

/* One small panel a curve, all on the same scale: cost by cost at the first size, both axes logarithmic. */

const panel = { width: 220, height: 150 };
const columns = 3;
const field = { left: 34, top: 40, width: 170, height: 82 };
/** Costs between a quarter and four hundred times the first one can be told apart. */
const [lowest, highest] = [Math.log10(0.25), Math.log10(400)];

/** The curves as an SVG picture, with the numbers written at their points. */
export function plot(sizes: readonly number[], curves: readonly Curve[]): string {
  const rows = Math.ceil(curves.length / columns);
  const [width, height] = [panel.width * columns, panel.height * rows];
  const panels = curves.map((curve, n) => {
    const [x, y] = [(n % columns) * panel.width, Math.floor(n / columns) * panel.height];
    return `<g transform="translate(${x} ${y})">${panelOf(sizes, curve)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="9" fill="#333">
<rect width="${width}" height="${height}" fill="#fff"/>
${panels.join('\n')}
</svg>
`;
}

function panelOf(sizes: readonly number[], { name, what, values }: Curve): string {
  const first = values[0] ?? NaN;
  const points = values
    .map((value, n) => ({
      x: field.left + (n / (sizes.length - 1)) * field.width,
      y: heightOf(value / first),
      label: shown(value),
    }))
    .filter(({ y }) => Number.isFinite(y));
  const line = points.map(({ x, y }) => `${x},${round(y)}`).join(' ');
  const linear = `${field.left},${round(heightOf(1))} ${field.left + field.width},${round(heightOf(100))}`;
  return [
    `<text x="8" y="14" font-size="11" font-weight="bold">${name}</text>`,
    `<text x="8" y="27">${what}</text>`,
    ...[1, 10, 100].map(
      (times) =>
        `<path d="M${field.left} ${round(heightOf(times))}h${field.width}" stroke="#ddd"/>` +
        `<text x="${field.left - 5}" y="${round(heightOf(times)) + 3}" text-anchor="end" fill="#888">${times}×</text>`,
    ),
    `<polyline points="${linear}" fill="none" stroke="#ccc" stroke-dasharray="3 3"/>`,
    `<polyline points="${line}" fill="none" stroke="#1664a7" stroke-width="1.5"/>`,
    ...points.map(
      ({ x, y, label }) =>
        `<circle cx="${x}" cy="${round(y)}" r="2.5" fill="#1664a7"/>` +
        `<text x="${x}" y="${round(y) - 6}" text-anchor="middle">${label}</text>`,
    ),
    ...sizes.map((size, n) => {
      const x = field.left + (n / (sizes.length - 1)) * field.width;
      return `<text x="${x}" y="${field.top + field.height + 14}" text-anchor="middle" fill="#888">${shown(size)}</text>`;
    }),
  ].join('');
}

function heightOf(times: number): number {
  const share = (Math.log10(times) - lowest) / (highest - lowest);
  return field.top + field.height * (1 - Math.min(1, Math.max(0, share)));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
