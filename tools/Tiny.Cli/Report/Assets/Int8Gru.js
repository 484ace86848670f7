// Recurrent layers with int8 weights: whole-number sums of digits, gates of a table, the state in float32.
{
  const f = Math.fround, digit = x => Math.trunc(f(tiny.hold(f(x), -127, 127) + 128.5)) - 128;
  const gate = i => f(1 / (1 + Math.exp(-(tiny.hold(i, -256, 255) + 0.5) / 32)));
  const dot = (part, digits) => part.factor * digits.reduce((sum, value, i) => sum + value * part.weights[i], 0);
  tiny.kinds[26] = {
    outputs: node => tiny.kinds[24].outputs(node),
    parse(node, reader) {
      const channels = node.shape.channels, counts = [channels, node.units, channels, node.units, channels, node.units];
      node.scales = reader.floats(channels);
      node.shift = reader.take(4)[0];
      const biases = Array.from({ length: node.units }, () => reader.ints(4));
      const factors = Array.from({ length: node.units }, () => [...reader.take(6)]);
      reader.align();
      const part = (u, count, at) => ({ factor: factors[u][at], weights: new Int8Array(reader.take(count)) });
      node.rows = biases.map((bias, u) => ({ bias, parts: counts.map((count, at) => part(u, count, at)) }));
      reader.align();
    },
    run(node, x) {
      const all = [], channels = node.shape.channels, shift = node.shift;
      let h = new Array(node.units).fill(0);
      for (let at = 0; at < x.length; at += channels) {
        const sample = node.scales.map((scale, i) => digit(f(x[at + i]) * scale)), state = h.map(value => digit(value * 127));
        h = h.map((before, u) => {
          const { bias, parts } = node.rows[u];
          const z = gate(bias[0] + dot(parts[0], sample) + dot(parts[1], state) >> shift);
          const r = Math.trunc(1024 * gate(bias[1] + dot(parts[2], sample) + dot(parts[3], state) >> shift) + 0.5);
          const n = f(2 * gate(bias[2] + dot(parts[4], sample) + (r * (bias[3] + dot(parts[5], state)) >> 10) >> shift - 1) - 1);
          return f(n + f(f(before - n) * z));
        });
        if (node.every) all.push(...h);
      }
      return node.every ? all : h;
    },
  };
}
