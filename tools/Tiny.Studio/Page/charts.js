// Learning curves as SVG.
import { number } from './dom.js';

const space = 'http://www.w3.org/2000/svg';
const [width, height, left, bottom] = [640, 240, 44, 24];

function node(name, attributes, text) {
  const element = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

/** Loss by epoch, of the training rows and of those held back. */
export function curves(points) {
  const svg = node('svg', { viewBox: `0 0 ${width} ${height}`, class: 'chart', role: 'img' });
  const values = points.flatMap(point => [point.loss, point.held]).filter(value => typeof value === 'number' && isFinite(value));
  const last = points.at(-1);
  svg.setAttribute('aria-label', last ? `Loss over ${last.epoch} epochs, at the end ${number(last.loss, 4)}` : 'Loss, no epoch yet');
  if (values.length === 0) return svg;
  const [least, greatest] = [0, Math.max(...values)];
  const end = Math.max(2, last.epochs ?? last.epoch);
  const x = epoch => left + (epoch - 1) / (end - 1) * (width - left - 10);
  const y = value => 10 + (greatest - value) / (greatest - least || 1) * (height - bottom - 10);
  for (const value of [0, greatest / 2, greatest]) {
    svg.append(node('path', { class: 'axis', d: `M${left} ${y(value)}H${width - 10}` }), node('text', { x: left - 6, y: y(value) + 4, 'text-anchor': 'end' }, number(value, 3)));
  }
  svg.append(node('text', { x: left, y: height - 6 }, 'epoch 1'), node('text', { x: width - 10, y: height - 6, 'text-anchor': 'end' }, `epoch ${end}`));
  const line = (key, kind) => {
    const held = points.filter(point => typeof point[key] === 'number' && isFinite(point[key]));
    if (held.length > 0) svg.append(node('path', { class: kind, d: held.map((point, i) => `${i ? 'L' : 'M'}${x(point.epoch).toFixed(1)} ${y(point[key]).toFixed(1)}`).join('') + (held.length === 1 ? 'h0.1' : '') }));
    return held.length > 0;
  };
  line('loss', 'a');
  const hasHeld = line('held', 'b');
  svg.append(node('text', { x: width - 12, y: 24, 'text-anchor': 'end' }, hasHeld ? 'solid: training, dashed: held back' : 'training'));
  return svg;
}
