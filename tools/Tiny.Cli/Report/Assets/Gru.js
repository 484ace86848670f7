// Recurrent layers: the state begins at 0 and goes through the samples of a signal. A unit's rows have a bias first, then weights
// of the channels, then of the states.
{
  const table = { sigmoid: x => tiny.activate([x], 1)[0], tanh: x => tiny.activate([x], 2)[0] };
  const exact = { sigmoid: x => 1 / (1 + Math.exp(-x)), tanh: Math.tanh };
  const dot = (row, values) => values.reduce((sum, value, i) => sum + row[1 + i] * value, row[0]);
  const recurrent = (parse, step) => ({
    outputs(node) {
      node.units = node.attributes.getUint16(0, true);
      node.gates = (node.attributes.getUint8(2) & 4) !== 0 ? exact : table;
      node.every = (node.attributes.getUint8(2) & 1) !== 0;
      node.given = { height: node.every ? node.shape.height : 1, width: node.every ? node.shape.width : 1, channels: node.units };
      return node.given.height * node.given.width * node.units;
    },
    parse,
    run(node, x) {
      const all = [], channels = node.shape.channels;
      let h = new Array(node.units).fill(0);
      for (let at = 0; at < x.length; at += channels) {
        h = step(node, x.slice(at, at + channels), h);
        if (node.every) all.push(...h);
      }
      return node.every ? all : h;
    },
  });
  const rows = (node, reader, length) => Array.from({ length: node.units }, () => reader.floats(1 + length));
  tiny.kinds[24] = recurrent(
    (node, reader) => {
      const both = node.shape.channels + node.units;
      node.z = rows(node, reader, both);
      node.r = rows(node, reader, both);
      node.n = rows(node, reader, node.shape.channels);
      node.m = rows(node, reader, node.units);
    },
    (node, x, h) => {
      const both = [...x, ...h], { sigmoid, tanh } = node.gates;
      return h.map((before, u) => {
        const n = tanh(dot(node.n[u], x) + sigmoid(dot(node.r[u], both)) * dot(node.m[u], h));
        return n + (before - n) * sigmoid(dot(node.z[u], both));
      });
    });
  tiny.kinds[25] = recurrent(
    (node, reader) => {
      node.a = rows(node, reader, node.shape.channels + node.units);
      node.c = reader.floats(node.units);
      [node.zeta, node.nu] = reader.floats(2);
    },
    (node, x, h) => {
      const both = [...x, ...h], { sigmoid, tanh } = node.gates;
      return h.map((before, u) => {
        const a = dot(node.a[u], both), n = tanh(a + node.c[u]);
        return (node.zeta + node.nu) * n + (before - node.zeta * n) * sigmoid(a);
      });
    });
}
