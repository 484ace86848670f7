// Train: what is trained on what, with the budget of a board beside it; curves while it runs; runs to compare.
import { attempt, get, on, post } from './api.js';
import { curves } from './charts.js';
import { bytes, command, field, h, number, select, tile, toast } from './dom.js';
import { classesOf } from './recordings.js';
import { sweep } from './sweep.js';

const networks = [
  ['16', 'Dense, 16'], ['16,8', 'Dense, 16 and 8'], ['32', 'Dense, 32'], ['none', 'Linear'],
    ['conv:8:5:2,conv:16:3:2,gap', 'Convolution (raw samples)'], ['gru:16', 'Recurrent, GRU of 16 (raw samples)'], ['', 'Other …'],
];

export function defaults(studio) {
  const { recordings } = studio.state;
  const rate = recordings.find(recording => recording.rate > 0)?.rate ?? 0;
  const shortest = Math.min(...recordings.map(recording => recording.rows), 4000);
  const window = Math.max(2, Math.min(rate > 0 ? Math.round(rate) : 50, shortest > 3 ? shortest : 50));
  const counts = new Map();
  for (const recording of recordings) for (const name of classesOf(recording)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const least = Math.min(...counts.values(), 99);
  return { window, hop: Math.max(1, window >> 1), rate: '', features: 'default', layers: '16', network: '16', weights: 'float32',
    epochs: '', lr: '', seed: '1', 'test-every': least >= 2 ? String(Math.min(4, least)) : '', board: studio.state.boards[0], unit: '',
      channels: '', 'class-weights': 'none', prototypes: false };
}

export function show(main, studio, argument, leave) {
  if (studio.state.recordings.length === 0) {
    main.append(h('p', {}, 'No recordings yet. ', h('a', { href: '#record' }, 'Record some'), ' first.'));
    return { update: () => studio.state.recordings.length > 0 && studio.go('train') };
  }
  const memory = studio.memory.train ??= defaults(studio);
  const budget = h('ul', { class: 'tiles', 'aria-live': 'polite', id: 'budget' });
  const budgetSaid = h('p', { class: 'soft', role: 'status' });
  const shown = h('div');
  const chart = h('div', { id: 'curves' });
  const said = h('p', { role: 'status', id: 'train-said' });
  const progress = h('progress', { max: 1, value: 0, hidden: true, 'aria-label': 'Epochs done' });
  const outcome = h('pre', { hidden: true, tabindex: 0, role: 'region', 'aria-label': 'What tiny train printed' });
  const runs = h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Runs' });
  const start = h('button', { type: 'submit', class: 'main', id: 'train' }, 'Train');
  const stop = h('button', { type: 'button', class: 'stop', id: 'stop-train', hidden: true,
    onclick: () => attempt(() => post('/api/train/stop')) }, 'Stop');
  let points = [];
  let asking = 0;
  let drawn = false;

  const input = (name, attributes = {}) =>
    h('input', { value: memory[name], autocomplete: 'off', id: `train-${name}`, ...attributes,
      oninput: event => change(name, event.target.value) });
  const layers = input('layers');
  const features = input('features');
  const epochs = input('epochs');
  const lr = input('lr');
  const network = select(networks, memory.network, { id: 'train-network', onchange: () => {
    memory.network = network.value;
    if (network.value) {
      layers.value = network.value;
      const raw = /conv|gru/.test(network.value);
      features.value = raw ? 'raw' : 'default';
      memory.features = features.value;
      change('layers', network.value);
    } else layers.focus();
  } });
  const board = select(studio.state.boards, memory.board, { id: 'train-board', onchange: () => change('board', board.value) });
  const weights = select([['float32', 'float32: learns on the device'], ['int8', 'int8: small and fast']], memory.weights,
    { id: 'train-weights', onchange: () => change('weights', weights.value) });

  const form = h('form', { onsubmit: event => {
    event.preventDefault();
    train('');
  } },
    h('fieldset', {}, h('legend', {}, 'Windows'), h('div', { class: 'row' },
      field('Samples of a window', input('window', { type: 'number', min: 2, max: 4000 })),
        field('From one to the next', input('hop', { type: 'number', min: 1, max: 4000 })),
      field('Features', features), field('Channels (all)', input('channels')), field('Rate in Hz (by the clock)', input('rate')),
        field('Unit', input('unit')))),
    h('fieldset', {}, h('legend', {}, 'Network'), h('div', { class: 'row' },
      field('Network', network), field('Layers', layers), field('Weights', weights), field('Epochs (automatic)', epochs),
        field('Learning rate (automatic)', lr), field('Test on every … recording', input('test-every')), field('Seed', input('seed')))),
    h('fieldset', {}, h('legend', {}, 'Board'), h('div', { class: 'row' }, field('Budget of', board)), budgetSaid, budget),
    h('div', { class: 'row' }, start, stop), shown);
  main.append(h('div', { class: 'two' }, form,
    h('div', {}, h('section', { class: 'card' }, h('h2', {}, 'Learning curve'), said, progress, chart, outcome))), h('h2', {}, 'Runs'),
      runs);
  const sweeping = sweep(studio, settings, use, leave);
  main.append(sweeping.element);

  function settings() {
    return { ...memory, window: Number(memory.window), hop: Number(memory.hop), prototypes: Boolean(memory.prototypes) };
  }

  /** Takes over a configuration of a sweep, given as arguments. */
  function use(given) {
    for (const [input, name] of [[layers, '--layers'], [weights, '--weights'], [lr, '--lr'], [epochs, '--epochs']]) {
      const place = given.indexOf(name);
      if (place < 0) continue;
      input.value = given[place + 1];
      change(name.slice(2), input.value);
    }
    network.value = memory.network = networks.some(([key]) => key === layers.value) ? layers.value : '';
    layers.focus();
  }

  function change(name, value) {
    memory[name] = value;
    clearTimeout(asking);
    asking = setTimeout(estimate, 500);
  }

  async function estimate() {
    budgetSaid.textContent = 'Counting …';
    try {
      const cost = await post('/api/budget', settings());
      if (cost.superseded) return;
      budgetSaid.textContent = cost.fits ? `Fits ${memory.board}.` : `Does not fit ${memory.board}.`;
      budget.replaceChildren(...costs(cost));
    } catch (fault) {
      budget.replaceChildren();
      budgetSaid.textContent = fault.message;
    }
  }

  async function train(name, more = {}) {
    await attempt(async () => {
      points = [];
      outcome.hidden = true;
      const answer = await post('/api/train', { ...settings(), ...more, name });
      shown.replaceChildren(command(answer.command));
      said.textContent = `${answer.name} is being trained.`;
      studio.state.running = answer.name;
      update();
    });
  }

  function draw() {
    drawn = false;
    chart.replaceChildren(curves(points));
  }

  leave(() => clearTimeout(asking));
  leave(on('epoch', epoch => {
    points.push({ epoch: epoch.epoch, epochs: epoch.epochs, loss: epoch.loss, held: epoch.held_back });
    progress.value = epoch.epoch / epoch.epochs;
    said.textContent = `${epoch.name}: epoch ${epoch.epoch} of ${epoch.epochs}, loss ${number(epoch.loss, 4)}`;
    if (!drawn) {
      drawn = true;
      requestAnimationFrame(draw);
    }
  }));
  leave(on('trained', message => {
    const stopped = message.exit_code === 130 || message.exit_code === 143;
    outcome.hidden = false;
    outcome.textContent = message.exit_code === 0 ? message.output : stopped ? 'Stopped. It can go on from where it was.' : message.errors;
    said.textContent = message.exit_code === 0 ? `${message.name} is trained.` : stopped ? `${message.name} was stopped.`
      : `${message.name} failed.`;
    if (message.exit_code !== 0 && !stopped) toast(message.errors, true);
    const whole = history(message.run);
    if (whole.length > 0) {
      points = whole;
      draw();
    }
  }));

  function update() {
    const running = studio.state.running;
    start.disabled = Boolean(running);
    stop.hidden = !running;
    progress.hidden = !running;
    sweeping.update();
    list();
  }

  async function list() {
    const rows = studio.state.runs.map(run => runRow(studio, run, train));
    runs.replaceChildren(rows.length === 0 ? h('p', { class: 'soft' }, 'None yet.') : h('table', { id: 'runs' },
      h('thead', {}, h('tr', {}, ['Run', 'Network', 'Test accuracy', 'Training accuracy', 'Majority', 'Blob', 'Actions']
        .map((name, i) => h('th', { scope: 'col', class: i > 1 && i < 6 ? 'num' : '' }, name)))),
      h('tbody', {}, rows)));
  }

  points = history(studio.state.runs.at(-1));
  if (points.length > 0) said.textContent = `The last run, ${studio.state.runs.at(-1).name}.`;
  else said.textContent = 'No run yet.';
  draw();
  update();
  estimate();
  return { update };
}

export function costs(cost) {
  const left = (part, whole) => `${bytes(part)}${whole ? ` of ${bytes(whole)}` : ''}`;
  return [
    tile('flash', left(cost.flash_bytes, cost.flash_area), cost.flash_area && cost.flash_bytes > cost.flash_area ? 'bad' : ''),
    tile('heap to predict', left(cost.predict_heap, cost.heap_bytes), cost.predict_heap > cost.heap_bytes ? 'bad' : ''),
    tile('a prediction', cost.milliseconds ? `${number(cost.milliseconds, 2)} ms` : '–'),
    tile('blob', bytes(cost.blob_bytes)),
    tile('parameters', number(cost.parameters, 0)),
    tile('fits', cost.fits ? 'yes' : 'no', cost.fits ? 'good' : 'bad'),
  ];
}

/** The learning curve of the training record. */
function history(run) {
  const epochs = run?.record?.history ?? [];
  return epochs.map(epoch => ({ epoch: epoch.epoch, epochs: epochs.at(-1).epoch, loss: epoch.loss, held: epoch.held_back_loss }));
}

/** The figures of the training record. */
function figures(run) {
  const all = run.record?.figures ?? {};
  return { test: all.test, validation: all.core ?? all.validation, train: all.train, majority: run.record?.baseline?.majority };
}

function option(run, name) {
  const list = run.arguments ?? [];
  const place = list.indexOf(name);
  return place < 0 ? null : list[place + 1];
}

function runRow(studio, run, train) {
  if (run.stopped) {
    return h('tr', {}, h('th', { scope: 'row' }, run.name), h('td', {}, option(run, '--layers') ?? ''),
      h('td', { class: 'num' }, 'stopped'), h('td'), h('td'), h('td'),
      h('td', {}, h('button', { type: 'button', class: 'small', onclick: () => train(run.name, resumed(run)) }, 'Go on')));
  }
  const { test, validation, train: trained, majority } = figures(run);
  const made = run.record?.options ?? {};
  const percent = part => typeof part === 'number' ? `${number(100 * part, 1)} %` : '–';
  return h('tr', {}, h('th', { scope: 'row' }, run.name),
    h('td', {}, [option(run, '--layers') ?? made.layers?.join(), option(run, '--weights') ?? made.weights, option(run, '--features')]
      .filter(Boolean).join(', ')),
    h('td', { class: 'num' }, test || !validation ? percent(test?.accuracy) : `${percent(validation.accuracy)} (validation)`),
    h('td', { class: 'num' }, percent(trained?.accuracy)),
      h('td', { class: 'num' }, percent(majority?.accuracy)),
    h('td', { class: 'num' }, bytes(run.bytes)),
    h('td', {}, h('div', { class: 'chips' }, h('a', { href: `#try/${encodeURIComponent(run.name)}` }, 'Try'),
      h('a', { href: `#export/${encodeURIComponent(run.name)}` }, 'Export'))));
}

/** The settings of a run that was stopped, as the form would have them. */
function resumed(run) {
  const more = {};
  for (const name of ['window', 'hop', 'rate', 'channels', 'features', 'unit', 'layers', 'weights', 'epochs', 'lr', 'seed', 'test-every',
    'class-weights']) {
    const value = option(run, `--${name}`);
    more[name] = name === 'window' || name === 'hop' ? Number(value) : value ?? '';
  }
  return more;
}
