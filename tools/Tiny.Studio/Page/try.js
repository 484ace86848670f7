// Try: a model's answers on recordings, and on the signal as it comes. All of them are computed by Tiny.Core.
import { attempt, get, on, post } from './api.js';
import { command, field, h, number, select, tile, toast } from './dom.js';
import { LiveTrace } from './live.js';

export function show(main, studio, argument, leave) {
  const models = studio.state.runs.filter(run => !run.stopped).map(run => run.name);
  if (models.length === 0) {
    main.append(h('p', {}, 'No model yet. ', h('a', { href: '#train' }, 'Train one'), ' first.'));
    return { update: () => studio.state.runs.some(run => !run.stopped) && studio.go('try') };
  }
  const memory = studio.memory.try ??= {};
  memory.model = models.includes(argument) ? argument : models.includes(memory.model) ? memory.model : models.at(-1);
  const model = select(models, memory.model, { id: 'try-model', onchange: () => {
    memory.model = model.value;
    load();
    if (live) toggle(true);
  } });
  const names = studio.state.recordings.map(recording => [recording.name, recording.title]);
  const recording = select(names, memory.recording, { id: 'try-recording', onchange: () => {
    memory.recording = recording.value;
    load();
  } });
  const table = h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Answers' });
  const summary = h('ul', { class: 'tiles' });
  const shown = h('div');
  const answer = h('p', { class: 'big', role: 'status', id: 'live-answer' }, '–');
  const meters = h('div');
  const latency = h('p', { class: 'soft' });
  const button = h('button', { type: 'button', class: 'main', id: 'try-live', onclick: () => toggle(!live) }, 'Try the live signal');
  const place = h('div');
  let live = null;
  let wrong = [];
  let labels = [];
  main.append(
    h('div', { class: 'row' }, field('Model', model), field('Recording', recording),
      h('button', { type: 'button', id: 'next-wrong', onclick: () => goWrong() }, 'Go to the next wrong answer'),
        h('span', { class: 'keys' }, h('kbd', {}, 'W'))),
    h('div', { class: 'two' },
      h('section', {}, h('h2', {}, 'On the recording'), summary, shown, table),
      h('section', { class: 'card' }, h('h2', {}, 'On the live signal'),
        h('p', {}, studio.state.session ? `Sensor: ${studio.state.session.source}.` : 'No sensor is connected. Connect one in Record.'),
          button, answer, meters, latency, place)));

  async function load() {
    if (!recording.value) {
      table.replaceChildren(h('p', { class: 'soft' }, 'There are no recordings to try it on.'));
      return;
    }
    const answers = await attempt(() => get('/api/answers', { model: model.value, name: recording.value }));
    if (!answers) {
      table.replaceChildren();
      return;
    }
    labels = answers.names;
    const known = answers.answers.filter(one => one.actual !== null && one.label !== null);
    wrong = known.filter(one => one.actual !== one.label);
    summary.replaceChildren(tile('windows', number(answers.answers.length, 0)), tile('with a label', number(known.length, 0)),
      tile('wrong', number(wrong.length, 0), wrong.length > 0 ? 'bad' : 'good'),
      tile('right', known.length > 0 ? `${number(100 * (1 - wrong.length / known.length), 1)} %` : '–'));
    shown.replaceChildren(command(answers.command));
    table.replaceChildren(h('table', { id: 'answers' },
      h('thead', {}, h('tr', {}, ['Window', 'From sample', 'Predicted', 'Actual']
        .map((name, i) => h('th', { scope: 'col', class: i < 2 ? 'num' : '' }, name)),
          answers.names.map(name => h('th', { scope: 'col', class: 'num' }, name)))),
      h('tbody', {}, answers.answers.map((one, i) => h('tr', {},
        h('td', { class: 'num' }, h('button',
          { type: 'button', class: 'small', 'aria-label': `Show window ${i}`, onclick: () => open(one) }, i)),
            h('td', { class: 'num' }, one.from),
        h('td', { class: one.actual === null ? '' : one.actual === one.label ? 'right' : 'wrong' }, one.label ?? ''),
          h('td', {}, one.actual ?? '–'),
        one.outputs.map(value => h('td', { class: 'num' }, answers.probabilities ? value.toFixed(3) : number(value, 4))))))));
  }

  function open(window) {
    studio.memory.showAt = { from: window.from, to: window.to };
    studio.go('label', recording.value);
  }

  function goWrong() {
    if (wrong.length > 0) open(wrong[0]);
    else toast('No answer on this recording is wrong.');
  }

  async function toggle(begin) {
    await attempt(async () => {
      await post('/api/try', begin ? { model: model.value } : {});
      live?.end();
      live = begin ? new LiveTrace(4) : null;
      place.replaceChildren(...(live ? [live.canvas] : []));
      button.textContent = begin ? 'Stop trying' : 'Try the live signal';
    });
  }

  const onKey = event => {
    if (event.key.toLowerCase() === 'w' && !event.ctrlKey && !event.metaKey && !event.altKey
      && !event.target.matches('input, select')) goWrong();
  };
  document.addEventListener('keydown', onKey);
  leave(() => document.removeEventListener('keydown', onKey));
  leave(() => {
    if (live) {
      live.end();
      post('/api/try', {}).catch(() => {});
    }
  });
  leave(on('answer', message => {
    if (!live) return;
    answer.textContent = message.label ?? number(message.outputs[0], 3);
    latency.textContent = `${number(message.microseconds, 0)} µs on this machine for features and prediction; tiny info says what it `
      + `takes on a board.`;
    meters.replaceChildren(...message.outputs.map((value, i) => {
      const bar = h('i');
      bar.style.width = `${Math.max(0, Math.min(1, value)) * 100}%`;
      return h('div', { class: 'meter' }, h('span', {}, labels[i] ?? ''), h('div', { 'aria-hidden': 'true' }, bar),
        h('span', {}, number(value, 3)));
    }));
  }));
  load();
  return { update: () => {} };
}
