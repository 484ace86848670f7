// The what-if panel: inputs to move, the answer beside them, computed from the blob in this page.
const data = JSON.parse(document.getElementById('data').textContent);
const model = tiny.parse(Uint8Array.from(atob(data.blob), c => c.charCodeAt(0)));
const names = model.names.length ? model.names
  : Array.from({ length: Math.max(2, model.layers[model.layers.length - 1].outputs) }, (_, i) => String(i));
let values = data.examples[0].inputs.slice();
const byId = id => document.getElementById(id);

const mostShown = 12;

function show() {
  const answer = tiny.predict(model, values), least = Math.min(...answer), most = Math.max(...answer), best = answer.indexOf(most);
  byId('told').textContent = model.task === 1 ? names[best] : answer.map(y => y.toPrecision(6)).join(', ');
  let shown = model.task === 1 ? answer.map((_, i) => i) : [];
  if (shown.length > mostShown) shown = shown.sort((a, b) => answer[b] - answer[a]).slice(0, mostShown);
  byId('meters').replaceChildren(...shown.map(i => {
    const row = document.createElement('div'), label = document.createElement('span');
    const bar = document.createElement('i'), text = document.createElement('span');
    row.className = 'meter';
    label.textContent = label.title = names[i];
    bar.style.width = `${100 * (data.probabilities ? answer[i] : (answer[i] - least) / (most - least || 1))}%`;
    text.textContent = data.probabilities ? `${(100 * answer[i]).toFixed(1)} %` : answer[i].toPrecision(4);
    row.append(label, bar, text);
    return row;
  }));
}

function bind(slider, number, index) {
  const set = from => {
    const value = Number(from.value);
    if (!Number.isFinite(value) || from.value === '') return;
    values[index()] = value;
    slider.value = number.value = value;
    show();
  };
  slider.addEventListener('input', () => set(slider));
  number.addEventListener('input', () => set(number));
}

const sliders = Array.from(document.querySelectorAll('.input[data-index]'));
sliders.forEach(row => bind(row.querySelector('[type=range]'), row.querySelector('[type=number]'), () => Number(row.dataset.index)));

const which = byId('which');
if (which) {
  const slider = byId('one'), number = byId('one-number');
  const index = () => Math.min(Math.max(Math.trunc(Number(which.value)) || 0, 0), values.length - 1);
  const pick = () => {
    const [least, most] = data.ranges[index()];
    slider.min = least; slider.max = most; slider.step = (most - least) / 200 || 1;
    slider.value = number.value = values[index()];
  };
  which.addEventListener('change', pick);
  bind(slider, number, index);
  which.refresh = pick;
}

const paint = byId('paint');
const least = Math.min(...data.ranges.map(r => r[0])), most = Math.max(...data.ranges.map(r => r[1]));
function draw() {
  if (!paint) return;
  const context = paint.getContext('2d'), image = context.createImageData(paint.width, paint.height);
  values.forEach((value, i) => {
    const gray = 255 * (1 - (value - least) / (most - least || 1));
    image.data.set([gray, gray, gray, 255], 4 * i);
  });
  context.putImageData(image, 0, 0);
}
if (paint) {
  const stroke = event => {
    if (!(event.buttons & 1)) return;
    const box = paint.getBoundingClientRect(), x = Math.floor((event.clientX - box.left) / box.width * paint.width);
    const y = Math.floor((event.clientY - box.top) / box.height * paint.height);
    for (const [dx, dy] of [[0, 0], [1, 0], [0, 1], [1, 1]]) {
      if (x + dx < paint.width && y + dy < paint.height && x >= 0 && y >= 0) values[(y + dy) * paint.width + x + dx] = most;
    }
    draw();
    show();
  };
  paint.addEventListener('pointerdown', stroke);
  paint.addEventListener('pointermove', stroke);
  byId('clear').addEventListener('click', () => { values = values.map(() => least); draw(); show(); });
}

function load(example) {
  values = data.examples[example].inputs.slice();
  sliders.forEach(row => {
    const value = values[row.dataset.index];
    row.querySelector('[type=range]').value = value;
    row.querySelector('[type=number]').value = Number(value.toPrecision(6));
  });
  if (which) which.refresh();
  draw();
  show();
}
byId('example').addEventListener('change', event => load(Number(event.target.value)));
load(0);
