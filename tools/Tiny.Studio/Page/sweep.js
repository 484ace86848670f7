// Sweep: which network is the smallest that is good enough. What is swept are the settings of the training; the front grows while it runs.
import { attempt, get, on, post } from './api.js';
import { front } from './charts.js';
import { bytes, command, field, h, number, select, toast } from './dom.js';

const axes = [['blob_bytes', 'Bytes of the blob'], ['ram', 'Heap to predict'], ['milliseconds', 'Milliseconds of an answer']];
const presets = { 'layers-tried': '4 8 16 32 16,8', 'weights-tried': 'float32 int8', 'lr-tried': '', repeats: '1', 'max-ram': '',
  'max-ms': '', 'max-bytes': '' };

/** The section of the Train view. `settings` gives those of the training, `use` puts a configuration into its form. */
export function sweep(studio, settings, use, leave) {
  const memory = studio.memory.sweep ??= {
    ...presets, validation: studio.state.recordings.length < 20 ? '0.4' : '0.2', axis: 'blob_bytes' };
  const input = (name, attributes = {}) => h('input', {
    value: memory[name], autocomplete: 'off', id: `sweep-${name}`, ...attributes, oninput: event => { memory[name] = event.target.value; },
  });
  const axis = select(axes, memory.axis, { id: 'sweep-axis', onchange: () => {
    memory.axis = axis.value;
    draw();
  } });
  const start = h('button', { type: 'submit', class: 'main', id: 'sweep' }, 'Sweep');
  const stop = h('button', { type: 'button', class: 'stop', id: 'stop-sweep', hidden: true,
    onclick: () => attempt(() => post('/api/sweep/stop')) }, 'Stop');
  const goOn = h('button', { type: 'button', id: 'go-on-sweep', hidden: true, onclick: () => begin(memory.shown) }, 'Go on');
  const choice = select([], '', { id: 'sweep-shown', onchange: () => {
    memory.shown = choice.value;
    load();
  } });
  const said = h('p', { role: 'status', id: 'sweep-said' });
  const progress = h('progress', { max: 1, value: 0, hidden: true, 'aria-label': 'Trials done' });
  const shown = h('div');
  const chart = h('div', { id: 'front' });
  const table = h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'The front' });
  let results = null;

  const form = h('form', { onsubmit: event => {
    event.preventDefault();
    begin('');
  } }, h('fieldset', {}, h('legend', {}, 'Sweep: the smallest network that is good enough'),
    h('p', { class: 'soft' }, 'Trains all combinations of what is named here, with a blank between two, and the windows, features and '
      + 'board of above.'),
    h('div', { class: 'row' },
      field('Networks to try', input('layers-tried', { size: 28 })), field('Weights to try', input('weights-tried')),
        field('Learning rates (automatic)', input('lr-tried')),
      field('Seeds for each', input('repeats', { type: 'number', min: 1, max: 20 })),
      field('Share of recordings to choose by', input('validation', { size: 6 }))),
    h('div', { class: 'row' },
      field('Most heap (20k)', input('max-ram', { size: 8 })), field('Most milliseconds', input('max-ms', { size: 8 })),
        field('Largest blob (4k)', input('max-bytes', { size: 8 })),
      start, stop, goOn),
    shown));
  const element = h('section', {}, form, h('div', { class: 'row' }, field('Sweep', choice), field('Over', axis)), said, progress,
    chart, table);

  async function begin(name) {
    await attempt(async () => {
      const { axis: _, shown: __, ...asked } = memory;
      const answer = await post('/api/sweep', { ...settings(), ...asked, repeats: Number(memory.repeats), name });
      shown.replaceChildren(command(answer.command));
      studio.state.sweeping = memory.shown = answer.name;
      if (!name) results = null;
      said.textContent = `${answer.name} begins.`;
      update();
      draw();
    });
  }

  async function load() {
    results = memory.shown ? (await attempt(() => get('/api/sweep', { name: memory.shown })))?.results ?? null : null;
    said.textContent = results ? describe() : 'No sweep yet.';
    draw();
    update();
  }

  function describe() {
    const failed = results.failed > 0 ? `, ${results.failed} failed` : '';
    return `${memory.shown}: ${number(results.trials, 0)} of ${number(results.planned, 0)} trials${failed}; ${results.front.length} `
      + `configurations on the front for ${results.board}.`;
  }

  function draw() {
    chart.replaceChildren(front(results, memory.axis, axes.find(([key]) => key === memory.axis)[1]));
    table.replaceChildren(...(results?.front.length > 0 ? [frontTable(results, use)] : []));
  }

  function update() {
    const running = studio.state.sweeping;
    const names = [...studio.state.sweeps];
    if (running && !names.includes(running)) names.push(running);
    if (!names.includes(memory.shown)) memory.shown = names.at(-1) ?? '';
    choice.replaceChildren(...names.map(name => h('option', { value: name }, name)));
    choice.value = memory.shown;
    choice.disabled = names.length === 0;
    start.disabled = Boolean(running);
    stop.hidden = progress.hidden = !running;
    const isWhole = studio.state.runs.some(run => run.name === memory.shown) || (results && results.trials === results.planned);
    goOn.hidden = Boolean(running) || !memory.shown || Boolean(isWhole);
  }

  leave(on('sweep', message => {
    if (message.name !== memory.shown || !message.results) return;
    results = message.results;
    progress.value = results.trials / results.planned;
    said.textContent = describe();
    draw();
  }));
  leave(on('swept', async message => {
    const stopped = message.exit_code === 130 || message.exit_code === 143;
    await studio.refresh();
    if (message.results && message.name === memory.shown) results = message.results;
    draw();
    update();
    said.textContent = message.exit_code === 0 ? `${describe()} The winner is the model ${message.name}.`
      : stopped ? `${message.name} was stopped. It can go on from where it was.`
      : message.exit_code === 3 ? `${message.name}: no configuration keeps within the limits.` : `${message.name} failed.`;
    if (message.exit_code !== 0 && !stopped) toast(message.errors, true);
  }));
  update();
  load();
  return { element, update };
}

function frontTable(results, use) {
  const isAccuracy = results.front[0].validation_accuracy !== undefined;
  const heads = ['Configuration', isAccuracy ? 'Accuracy' : 'RMSE', 'Test', 'Blob', 'Heap', 'ms', 'Action'];
  return h('table', { id: 'front-table' },
    h('thead', {}, h('tr', {}, heads.map((name, i) => h('th', { scope: 'col', class: i > 0 && i < 6 ? 'num' : '' }, name)))),
    h('tbody', {}, results.front.map(one => {
      const isWinner = one.configuration === results.winner?.configuration;
      const test = one.test_accuracy ?? one.test_rmse;
      const figure = value => value === null || value === undefined ? '–' : isAccuracy ? `${number(100 * value, 1)} %` : number(value, 4);
      return h('tr', {}, h('th', { scope: 'row' }, one.arguments.join(' '),
        isWinner ? h('div', { class: 'right' }, 'the smallest that is good enough') : null),
        h('td', { class: 'num' }, figure(one.validation_accuracy ?? one.validation_rmse)), h('td', { class: 'num' }, figure(test)),
        h('td', { class: 'num' }, bytes(one.blob_bytes)), h('td', { class: 'num' }, bytes(one.ram)),
          h('td', { class: 'num' }, number(one.milliseconds, 2)),
        h('td', {}, h('button', { type: 'button', class: 'small', 'aria-label': `Use ${one.arguments.join(' ')}`,
          onclick: () => use(one.arguments) }, 'Use')));
    })));
}
