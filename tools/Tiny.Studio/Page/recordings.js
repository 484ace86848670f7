// Recordings: the table of all, with what is wrong with each.
import { attempt, post } from './api.js';
import { colorOf, command, duration, h, number } from './dom.js';

const columns = [
  ['title', 'Recording'], ['classes', 'Classes'], ['wearer', 'Wearer'], ['rows', 'Length'], ['rate', 'Rate'], ['channels', 'Channels'],
    ['problems', 'Problems'],
];

export function classesOf(recording) {
  if (recording.labels.length > 0) return [...new Set(recording.labels.map(stretch => stretch.label))];
  return recording.label ? [recording.label] : [];
}

export function show(main, studio) {
  const memory = studio.memory.recordings ??= { sort: 'title', up: true, filter: '' };
  const filter = h('input', { type: 'search', 'aria-label': 'Show recordings whose name, class, wearer or note holds',
    placeholder: 'Filter', value: memory.filter, oninput: () => { memory.filter = filter.value; draw(); } });
  const body = h('tbody');
  const heads = columns.map(([key, title]) => h('th', { scope: 'col', class: key === 'rows' || key === 'rate' ? 'num' : '' },
    h('button', { type: 'button', onclick: () => {
      [memory.up, memory.sort] = [memory.sort === key ? !memory.up : true, key];
      draw();
    } }, title)));
  const said = h('p', { class: 'soft', role: 'status' });
  const faults = h('div');
  main.append(h('div', { class: 'row' }, filter, said), faults,
    h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Recordings' },
      h('table', {}, h('thead', {}, h('tr', {}, heads, h('th', { scope: 'col' }, 'Actions'))), body)),
    command('tiny data .'));

  function value(recording, key) {
    if (key === 'classes') return classesOf(recording).join();
    return key === 'problems' || key === 'channels' ? recording[key].join() : recording[key];
  }

  function draw() {
    const { recordings } = studio.state;
    const rates = recordings.map(recording => recording.rate).filter(rate => rate > 0).sort((a, b) => a - b);
    const usual = rates[rates.length >> 1] ?? 0;
    const wanted = memory.filter.toLowerCase();
    const shown = recordings
      .filter(recording => !wanted || [recording.title, recording.wearer, recording.note, ...classesOf(recording)].join(' ').toLowerCase()
        .includes(wanted))
      .sort((a, b) => {
        const [x, y] = [value(a, memory.sort), value(b, memory.sort)];
        return (x < y ? -1 : x > y ? 1 : 0) * (memory.up ? 1 : -1);
      });
    heads.forEach((head, i) => head.setAttribute(
      'aria-sort', columns[i][0] !== memory.sort ? 'none' : memory.up ? 'ascending' : 'descending'));
    said.textContent = recordings.length === 0 ? 'No recordings yet. Record some, or put files of recordings into the folder.'
      : `${shown.length} of ${recordings.length} recordings`;
    faults.replaceChildren(...studio.state.faults.map(fault => h('p', { class: 'notice' }, fault)));
    body.replaceChildren(...shown.map(recording => row(studio, recording, usual)));
  }

  draw();
  return { update: draw };
}

function row(studio, recording, usual) {
  const problems = [...recording.problems];
  if (recording.rate > 0 && usual > 0 && Math.abs(recording.rate / usual - 1) > 0.05) problems.push(
    `${number(recording.rate, 1)} Hz, others ${number(usual, 1)}`);
  const all = studio.classes();
  return h('tr', {},
    h('th', { scope: 'row' }, h('a', { href: `#label/${encodeURIComponent(recording.name)}` }, recording.title),
      recording.note ? h('div', { class: 'soft' }, recording.note) : null),
    h('td', {}, classesOf(recording).map(name => h('div', {}, swatch(name, all), name))),
    h('td', {}, recording.wearer),
    h('td', { class: 'num' }, duration(recording.rows, recording.rate)),
    h('td', { class: 'num' }, recording.rate > 0 ? `${number(recording.rate, 1)} Hz` : '–'),
    h('td', {}, recording.channels.join(', ')),
    h('td', { class: problems.length > 0 ? 'warn' : '' }, problems.join('; ') || 'none'),
    h('td', {}, h('button', { type: 'button', class: 'small', 'aria-label': `Remove ${recording.title}`,
      onclick: () => attempt(async () => {
      await post('/api/remove', { name: recording.name });
      await studio.refresh();
    }) }, 'Remove')));
}

export function swatch(name, classes) {
  const mark = h('span', { class: 'swatch', 'aria-hidden': 'true' });
  mark.style.background = colorOf(name, classes);
  return mark;
}
