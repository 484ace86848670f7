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
    svg.append(node('path', { class: 'axis', d: `M${left} ${y(value)}H${width - 10}` }),
      node('text', { x: left - 6, y: y(value) + 4, 'text-anchor': 'end' }, number(value, 3)));
  }
  svg.append(node('text', { x: left, y: height - 6 }, 'epoch 1'),
    node('text', { x: width - 10, y: height - 6, 'text-anchor': 'end' }, `epoch ${end}`));
  const line = (key, kind) => {
    const held = points.filter(point => typeof point[key] === 'number' && isFinite(point[key]));
    if (held.length > 0) svg.append(
      node('path', { class: kind, d: held.map((point, i) => `${i ? 'L' : 'M'}${x(point.epoch).toFixed(1)} ${y(point[key]).toFixed(1)}`)
        .join('') + (held.length === 1 ? 'h0.1' : '') }));
    return held.length > 0;
  };
  line('loss', 'a');
  const hasHeld = line('held', 'b');
  svg.append(node('text', { x: width - 12, y: 24, 'text-anchor': 'end' }, hasHeld ? 'solid: training, dashed: held back' : 'training'));
  return svg;
}

/** All configurations of a sweep over what they cost, those that no other beats joined: a front of Pareto. */
export function front(results, axis, title) {
  const svg = node('svg', { viewBox: `0 0 ${width} ${height}`, class: 'chart', role: 'img' });
  const all = results?.candidates ?? [];
  const isAccuracy = all[0]?.validation_accuracy !== undefined;
  const score = one => isAccuracy ? one.validation_accuracy : one.validation_rmse;
  svg.setAttribute('aria-label',
    all.length === 0 ? 'The front, no trial yet'
      : `${all.length} configurations over ${title.toLowerCase()}, ${results.front.length} of them on the front; the table has them`);
  if (all.length === 0) return svg;
  const [least, most] = [Math.min(...all.map(one => one[axis])) * 0.9, Math.max(...all.map(one => one[axis])) * 1.1];
  const scores = all.map(score);
  const room = Math.max(0.02 * Math.abs(Math.max(...scores)), 0.1 * (Math.max(...scores) - Math.min(...scores)));
  const [low, high] = [Math.max(0, Math.min(...scores) - room),
    isAccuracy ? Math.min(1, Math.max(...scores) + room) : Math.max(...scores) + room];
  const x = one => left + Math.log(one[axis] / least) / Math.log(most / least) * (width - left - 10);
  const y = value => 10 + (isAccuracy ? high - value : value - low) / (high - low || 1) * (height - bottom - 26);
  for (const value of [low, (low + high) / 2, high]) {
    svg.append(node('path', { class: 'axis', d: `M${left} ${y(value)}H${width - 10}` }),
      node('text', { x: left - 6, y: y(value) + 4, 'text-anchor': 'end' }, number(value, 3)));
  }
  const digits = axis === 'milliseconds' ? 3 : 0;
  svg.append(
    node('text', { x: left, y: height - 6 }, number(least / 0.9, digits)),
      node('text', { x: width - 10, y: height - 6, 'text-anchor': 'end' }, number(most / 1.1, digits)),
    node('text', { x: (left + width) / 2, y: height - 6, 'text-anchor': 'middle' },
      `${isAccuracy ? 'accuracy' : 'RMSE'} on validation rows over ${title.toLowerCase()}`));
  for (const one of all) svg.append(
    node('circle', { class: one.keeps ? 'dot' : 'dot off', cx: x(one).toFixed(1), cy: y(score(one)).toFixed(1), r: 4 }));
  const stairs = [...results.front].sort((a, b) => a[axis] - b[axis] || (isAccuracy ? score(b) - score(a) : score(a) - score(b)));
  const best = stairs.filter((one, i) => stairs.slice(0, i)
    .every(other => isAccuracy ? score(other) < score(one) : score(other) > score(one)));
  svg.append(node('path', { class: 'b',
    d: best.map((one, i) => `${i ? 'L' : 'M'}${x(one).toFixed(1)} ${y(score(one)).toFixed(1)}`).join('')
      + (best.length === 1 ? 'h0.1' : '') }));
  for (const one of results.front) {
    const isWinner = one.configuration === results.winner?.configuration;
    const dot = node('circle', { class: 'best', cx: x(one).toFixed(1), cy: y(score(one)).toFixed(1), r: isWinner ? 7 : 5 });
    dot.append(node('title', {}, `${one.arguments.join(' ')}: ${number(score(one), 4)}`));
    svg.append(dot);
  }
  return svg;
}
