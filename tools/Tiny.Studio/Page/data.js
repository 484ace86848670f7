// Data at a glance: classes, wearers, a map of windows, near duplicates, what is missing.
import { attempt, get } from './api.js';
import { colorOf, css, field, fit, h, number } from './dom.js';
import { swatch } from './recordings.js';
import { defaults } from './train.js';

const enough = 0.5; // of the largest class

export function show(main, studio) {
  const memory = studio.memory.data ??= { window: studio.memory.train?.window ?? 50 };
  const tables = h('div', { class: 'two' });
  const advice = h('div');
  const canvas = h('canvas', { class: 'map', role: 'img', tabindex: 0,
    'aria-label': 'Windows as points: principal components of their features' });
  const said = h('p', { class: 'soft', role: 'status' });
  const near = h('div');
  const size = h('input', { type: 'number', min: 2, max: 4000, value: memory.window, onchange: () => {
    memory.window = Number(size.value);
    load();
  } });
  let points = [];
  main.append(tables, advice, h('h2', {}, 'Map of windows'), h('div', { class: 'row' }, field('Samples of a window', size)), said, canvas,
    near);

  async function load() {
    if (studio.state.recordings.length === 0) {
      said.textContent = 'No recordings yet.';
      return;
    }
    said.textContent = 'Computing the map …';
    const every = (studio.memory.train ?? defaults(studio))['test-every'];
    const asked = { window: memory.window, hop: Math.max(1, memory.window >> 1),
      test_every: /^[2-9]$|^[1-9][0-9]+$/.test(every) ? every : '' };
    const map = await attempt(() => get('/api/map', asked));
    points = map?.points ?? [];
    said.textContent = map
      ? `${points.length} windows of ${map.window} samples. Points that lie together look alike to a network; click one to see its window.`
        + (map.tested > 0 ? ` Hollow ones are of the ${map.tested} recordings that are tested on.` : '')
      : 'The map cannot be drawn.';
    near.replaceChildren(...(map ? duplicates(map, open) : []));
    draw();
  }

  function place(point, width, height, extent) {
    return [14 + (point.x - extent[0]) / (extent[1] - extent[0] || 1) * (width - 28),
      14 + (point.y - extent[2]) / (extent[3] - extent[2] || 1) * (height - 28)];
  }

  function extentOf() {
    return points.reduce(([a, b, c, d], { x, y }) => [Math.min(a, x), Math.max(b, x), Math.min(c, y), Math.max(d, y)],
      [Infinity, -Infinity, Infinity, -Infinity]);
  }

  function draw() {
    if (!canvas.isConnected) return;
    const [context, width, height] = fit(canvas);
    const classes = studio.classes();
    const extent = extentOf();
    context.clearRect(0, 0, width, height);
    for (const point of points) {
      const [x, y] = place(point, width, height, extent);
      context.fillStyle = context.strokeStyle = colorOf(point.label, classes, 0.75);
      mark(context, x, y, classes.indexOf(point.label), point.tested);
    }
    context.font = '12px system-ui';
    context.textAlign = 'left';
    classes.forEach((name, i) => {
      context.fillStyle = colorOf(name, classes);
      mark(context, 14, 16 + 16 * i, i);
      context.fillStyle = css('--ink');
      context.fillText(name, 24, 20 + 16 * i);
    });
  }

  canvas.addEventListener('click', event => {
    const extent = extentOf();
    const found = points.map(point => {
      const [x, y] = place(point, canvas.clientWidth, canvas.clientHeight, extent);
      return [Math.hypot(x - event.offsetX, y - event.offsetY), point];
    }).sort(([a], [b]) => a - b)[0];
    if (found?.[0] < 16) {
      open(found[1].name, found[1].from);
    }
  });

  function open(name, from) {
    studio.memory.showAt = { from, to: from + memory.window };
    studio.go('label', name);
  }

  function update() {
    const groups = summarize(studio);
    const all = studio.classes();
    tables.replaceChildren(
      table('Classes', groups.classes, name => [swatch(name, all), name]),
      table('Wearers', groups.wearers, name => [name || '(not said)']));
    advice.replaceChildren(...missing(groups).map(text => h('p', { class: 'notice' }, text)));
    load();
  }

  update();
  return { update };
}

/** Shapes besides colors: whoever sees no difference in color sees one in shape. */
function mark(context, x, y, index, isHollow = false) {
  context.beginPath();
  if (index % 3 === 0) context.arc(x, y, 4, 0, 7);
  else if (index % 3 === 1) context.rect(x - 3.5, y - 3.5, 7, 7);
  else {
    context.moveTo(x, y - 4.5);
    context.lineTo(x + 4.5, y + 4);
    context.lineTo(x - 4.5, y + 4);
  }
  if (isHollow) {
    context.closePath();
    context.lineWidth = 1.5;
    context.stroke();
  } else context.fill();
}

/** Windows that are nearly the same: those on both sides of the split first, each with a button to look at it. */
function duplicates(map, open) {
  const title = name => {
    const parts = name.split('/');
    return parts.length > 1 && parts.at(-1) === parts.at(-2) ? parts.slice(0, -1).join('/') : name;
  };
  const across = map.near.filter(pair => pair.across);
  const shown = across.length > 0 ? across : map.near;
  if (shown.length === 0) return [h('p', { class: 'soft' }, 'No two recordings have windows that are nearly the same.')];
  const words = across.length > 0
    ? `${across.length} pairs of windows on the two sides of the split are nearly the same: what is trained on is tested on, and the test `
      + `tells nothing of them. Remove one recording of each.`
    : `${shown.length} pairs of windows in different recordings are nearly the same. If one is trained on and the other tested on, the `
      + `test tells nothing.`;
  const look = (name, from) => h(
    'button', { type: 'button', class: 'small', onclick: () => open(name, from) }, `${title(name)} at ${from}`);
  return [h('p', { class: 'notice', id: 'near' }, words),
    h('ul', {}, shown.slice(0, 8).map(pair => h('li', {}, look(pair.name, pair.from), ' and ', look(pair.other, pair.other_from))))];
}

function summarize(studio) {
  const classes = new Map();
  const wearers = new Map();
  const add = (map, key, recording, rows) => {
    const entry = map.get(key) ?? { recordings: new Set(), samples: 0, seconds: 0, wearers: new Set() };
    entry.recordings.add(recording.name);
    entry.samples += rows;
    entry.seconds += recording.rate > 0 ? rows / recording.rate : 0;
    entry.wearers.add(recording.wearer);
    map.set(key, entry);
  };
  for (const recording of studio.state.recordings) {
    const whole = recording.label ? [{ label: recording.label, from: 0, to: recording.rows }] : [];
    const stretches = recording.labels.length > 0 ? recording.labels : whole;
    for (const stretch of stretches) {
      add(classes, stretch.label, recording, stretch.to - stretch.from);
      add(wearers, recording.wearer, recording, stretch.to - stretch.from);
    }
  }
  return { classes, wearers };
}

function table(title, groups, head) {
  const most = Math.max(1, ...[...groups.values()].map(entry => entry.samples));
  return h('section', { class: 'card' }, h('h2', {}, title), h('table', {},
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, title === 'Classes' ? 'Class' : 'Wearer'),
      ['Recordings', 'Samples', 'Time'].map(name => h('th', { scope: 'col', class: 'num' }, name)),
        h('th', { scope: 'col' }, h('span', { class: 'out' }, 'Share')))),
    h('tbody', {}, [...groups].sort().map(([name, entry]) => {
      const bar = h('i');
      bar.style.width = `${100 * entry.samples / most}%`;
      return h('tr', {}, h('th', { scope: 'row' }, head(name)), h('td', { class: 'num' }, number(entry.recordings.size, 0)),
        h('td', { class: 'num' }, number(entry.samples, 0)),
        h('td', { class: 'num' }, entry.seconds > 0 ? `${number(entry.seconds, 1)} s` : '–'),
          h('td', {}, h('div', { class: 'bar', 'aria-hidden': 'true' }, bar)));
    }))));
}

function missing({ classes, wearers }) {
  const largest = [...classes].sort(([, a], [, b]) => b.samples - a.samples)[0];
  const said = [];
  for (const [name, entry] of classes) {
    if (entry.recordings.size < 2) said.push(
      `"${name}" has one recording alone: it can be trained or tested on, not both. Record more of it.`);
    else if (entry.samples < enough * largest[1].samples) said.push(
      `"${name}" has ${number(100 * entry.samples / largest[1].samples, 0)} % of the samples of "${largest[0]}". To balance them, `
        + `record ${number(largest[1].samples - entry.samples, 0)} samples more of it.`);
  }
  if (classes.size === 1) said.push('There is one class alone. A network needs at least two to tell apart.');
  if (wearers.size === 1 && classes.size > 0) said.push(
    'All recordings are of one wearer, or it was not said who wore the sensor. What one wearer does, another does differently.');
  return said;
}
