// Record: choose a sensor, look at its signal, make takes.
import { attempt, on, post } from './api.js';
import { field, h, number, command, select, tile } from './dom.js';
import { LiveTrace } from './live.js';

export function show(main, studio, argument, leave) {
  const memory = studio.memory.record ??= { kind: 'simulated', label: '', takes: 3, seconds: 3, countdown: 2, wearer: '' };
  const live = new LiveTrace();
  leave(() => live.end());
  const source = sensor(studio, memory);
  const takes = take(studio, memory);
  const figures = h('ul', { class: 'tiles', 'aria-label': 'How the sensor does' });
  main.append(source.element, takes.element, figures, live.canvas,
    h('p', { class: 'keys' }, h('kbd', {}, 'R'),
      ' begins and ends a take where nothing is typed. Each take is a file of its own in the folder.'));

  leave(on('status', status => figures.replaceChildren(
    tile('samples', number(status.samples, 0)),
    tile('a second', number(status.rate, 1)),
    tile('ms of jitter', number(status.jitter, 2)),
    tile('lost', number(status.lost, 0), status.lost > 0 ? 'bad' : ''),
    tile('samples not drawn', number(live.missed, 0)),
    tile('frames a second', number(live.pace(), 0)))));
  leave(on('take', message => takes.follow(message)));
  leave(on('disconnected', () => studio.refresh()));
  const onKey = event => {
    if (event.key.toLowerCase() === 'r' && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.matches('input, select')) {
      event.preventDefault();
      takes.toggle();
    }
  };
  document.addEventListener('keydown', onKey);
  leave(() => document.removeEventListener('keydown', onKey));
  return { update: () => { source.update(); takes.update(); } };
}

function sensor(studio, memory) {
  const { sources } = studio.state;
  const kinds = [['simulated', 'Simulated wrist'],
    ...sources.ports.map(name => [`port:${name}`, name]),
    ...sources.played.map((name, i) => [`played:${i}`, `Play ${name}`]),
    ...studio.state.recordings.map(recording => [`recording:${recording.name}`, `Play ${recording.title}`])];
  const kind = select(kinds, kinds.some(([key]) => key === memory.kind) ? memory.kind : 'simulated',
    { onchange: () => { memory.kind = kind.value; choose(); } });
  const rate = h('input', { type: 'number', min: 1, max: 1000, value: memory.rate ?? 50, onchange: () => { memory.rate = rate.value; } });
  const channels = select([['3', '3: acceleration'], ['6', '6: and rotation']], memory.channels ?? '3',
    { onchange: () => { memory.channels = channels.value; } });
  const movement = select(sources.movements, memory.movement ?? sources.movements[0], { onchange: () => {
    memory.movement = movement.value;
    attempt(() => post('/api/move', { movement: movement.value }));
  } });
  const baud = h('input', { type: 'number', min: 300, max: 10000000, value: memory.baud ?? 115200,
    onchange: () => { memory.baud = baud.value; } });
  const connect = h('button', { type: 'button', class: 'main', id: 'connect', onclick: toggle }, 'Connect');
  const said = h('p', { class: 'soft', role: 'status' });
  const simulated = [field('Rate (Hz)', rate), field('Channels', channels), field('Movement', movement)];
  const port = [field('Baud', baud)];

  function choose() {
    const isSimulated = kind.value === 'simulated';
    for (const part of simulated) part.hidden = !isSimulated;
    for (const part of port) part.hidden = !kind.value.startsWith('port:');
  }

  async function toggle() {
    await attempt(async () => {
      if (studio.state.session) {
        await post('/api/disconnect');
      } else {
        const [type, name] = kind.value.split(/:(.*)/s);
        await post('/api/connect', { kind: type, name: name ?? '', index: type === 'played' ? Number(name) : 0, rate: Number(rate.value),
          channels: Number(channels.value), movement: movement.value, baud: Number(baud.value) });
      }
      await studio.refresh();
    });
  }

  function update() {
    const session = studio.state.session;
    connect.textContent = session ? 'Disconnect' : 'Connect';
    connect.classList.toggle('main', !session);
    said.textContent = session ? `Listening to ${session.source}.` : 'Not connected.';
    for (const input of [kind, rate, channels, baud]) input.disabled = Boolean(session);
  }

  choose();
  update();
  return { element: h('fieldset', {}, h('legend', {}, 'Sensor'),
    h('div', { class: 'row' }, field('Source', kind), ...simulated, ...port, connect), said), update };
}

function take(studio, memory) {
  const options = h('datalist', { id: 'classes' });
  const input = (name, attributes) =>
    h('input', { ...attributes, value: memory[name], oninput: event => { memory[name] = event.target.value; } });
  const label = input('label', { list: 'classes', id: 'take-label', required: true, autocomplete: 'off' });
  const wearer = input('wearer', { autocomplete: 'off' });
  const takes = input('takes', { type: 'number', min: 1, max: 1000, id: 'take-count' });
  const seconds = input('seconds', { type: 'number', min: 0, max: 86400, step: 'any', id: 'take-seconds' });
  const countdown = input('countdown', { type: 'number', min: 0, max: 60, step: 'any', id: 'take-countdown' });
  const button = h('button', { type: 'submit', class: 'main', id: 'record' }, 'Record');
  const said = h('p', { class: 'big', role: 'status', id: 'take-said' });
  const shown = h('div');
  let running = null;
  let timer = 0;

  async function toggle() {
    if (running) {
      await attempt(() => post('/api/stop'));
      return;
    }
    await attempt(async () => {
      const answer = await post('/api/record',
        { label: label.value, wearer: wearer.value, takes: Number(takes.value), seconds: Number(seconds.value),
          countdown: Number(countdown.value) });
      shown.replaceChildren(command(answer.command));
    });
  }

  function follow(message) {
    clearInterval(timer);
    running = message.phase === 'done' ? null : message;
    button.textContent = running ? 'Stop' : 'Record';
    button.classList.toggle('stop', Boolean(running));
    said.classList.toggle('recording', message.phase === 'recording');
    if (!running) {
      said.textContent = 'Done.';
      return;
    }
    const end = performance.now() + 1000 * (message.phase === 'recording' ? message.seconds : message.countdown);
    const tick = () => {
      const left = Math.max(0, (end - performance.now()) / 1000);
      const of = message.takes > 1 ? ` (${message.take} of ${message.takes})` : '';
      said.textContent = message.phase === 'recording'
        ? `● ${message.label}${of}${message.seconds > 0 ? `: ${left.toFixed(1)} s` : ''}`
        : `${message.label}${of} in ${Math.ceil(left)}`;
    };
    tick();
    timer = setInterval(tick, 100);
  }

  function update() {
    button.disabled = !studio.state.session;
    options.replaceChildren(...studio.classes().map(name => h('option', { value: name })));
  }

  update();
  const form = h('form', { onsubmit: event => { event.preventDefault(); toggle(); } },
    h('fieldset', {}, h('legend', {}, 'Takes'), options,
      h('div', { class: 'row' }, field('Class', label), field('Wearer', wearer), field('Takes', takes), field('Seconds each', seconds),
        field('Countdown (s)', countdown), button),
      said, shown));
  return { element: form, follow, update, toggle };
}
