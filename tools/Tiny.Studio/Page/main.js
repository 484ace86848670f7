// The frame: views, undo, keys that work everywhere, and the state of the folder that all views show.
import { attempt, get, listen, on, post } from './api.js';
import { h, toast } from './dom.js';
import * as data from './data.js';
import * as label from './label.js';
import * as out from './export.js';
import * as record from './record.js';
import * as recordings from './recordings.js';
import * as train from './train.js';
import * as trying from './try.js';

const views = [
  ['record', 'Record', record], ['recordings', 'Recordings', recordings], ['label', 'Label', label], ['data', 'Data', data],
  ['train', 'Train', train], ['try', 'Try', trying], ['export', 'Export', out],
];

/** The folder as the server last told it, and what the views remember of each other. */
export const studio = { state: null, memory: {}, refresh, go, classes };

let current = null;
let leave = [];

/** All classes of the folder, in their order. */
function classes() {
  const names = new Set();
  for (const recording of studio.state.recordings) {
    for (const stretch of recording.labels) names.add(stretch.label);
    if (recording.labels.length === 0 && recording.label) names.add(recording.label);
  }
  return [...names].sort();
}

function go(view, argument = '') {
  const hash = `#${view}${argument ? `/${encodeURIComponent(argument)}` : ''}`;
  if (location.hash === hash) show();
  else location.hash = hash;
}

async function load() {
  studio.state = await get('/api/state');
  document.getElementById('folder').textContent = studio.state.folder;
  for (const kind of ['undo', 'redo']) {
    const button = document.getElementById(kind);
    button.disabled = !studio.state[kind];
    button.title = studio.state[kind] ? `${kind === 'undo' ? 'Undo' : 'Do again'}: ${studio.state[kind]}` : '';
  }
}

/** Loads the state anew and lets the view that is shown follow it. */
async function refresh() {
  await attempt(async () => {
    await load();
    current?.update?.(studio);
  });
}

function show() {
  const [name, argument] = location.hash.slice(1).split('/').map(decodeURIComponent);
  const [key, title, view] = views.find(([other]) => other === name) ?? views[0];
  for (const end of leave) end();
  leave = [];
  document.title = `${title} – Tiny Studio`;
  for (const link of document.querySelectorAll('nav a')) {
    if (link.hash === `#${key}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const main = document.getElementById('main');
  main.replaceChildren(h('h1', {}, title));
  current = view.show(main, studio, argument ?? '', end => leave.push(end)) ?? null;
}

async function again(kind) {
  await attempt(async () => {
    const what = studio.state[kind];
    const { done } = await post(`/api/${kind}`);
    toast(done ? `${kind === 'undo' ? 'Undone' : 'Done again'}: ${what}.` : 'There is nothing more.');
    await refresh();
  });
}

function onKey(event) {
  const typing = event.target.matches('input, select, textarea');
  if ((event.ctrlKey || event.metaKey) && !typing && event.key.toLowerCase() === 'z') {
    event.preventDefault();
    again(event.shiftKey ? 'redo' : 'undo');
  } else if ((event.ctrlKey || event.metaKey) && !typing && event.key.toLowerCase() === 'y') {
    event.preventDefault();
    again('redo');
  } else if (event.altKey && event.key >= '1' && event.key <= String(views.length)) {
    event.preventDefault();
    go(views[event.key - 1][0]);
  }
}

document.getElementById('views').append(...views.map(([key, title], i) =>
  h('li', {}, h('a', { href: `#${key}`, title: `Alt+${i + 1}` }, title))));
document.getElementById('undo').addEventListener('click', () => again('undo'));
document.getElementById('redo').addEventListener('click', () => again('redo'));
document.addEventListener('keydown', onKey);
window.addEventListener('hashchange', () => {
  show();
  document.getElementById('main').focus();
});
on('changed', refresh);
on('recorded', refresh);
on('trained', refresh);
on('fault', ({ message }) => toast(message, true));
on('lost', () => toast('The studio does not answer. Is tiny studio still running?', true));
await load();
listen();
show();
