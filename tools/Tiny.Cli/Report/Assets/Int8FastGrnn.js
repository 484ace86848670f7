// FastGRNN units with int8 weights: whole-number sums of digits, gates of a table, the state in float32.
{
  const f = Math.fround, digit = (x, least) => tiny.hold(Math.trunc(f(tiny.hold(f(x), -1e6, 1e6) + 128.5)) - 128, least, 127);
  const gate = i => f(1 / (1 + Math.exp(-(tiny.hold(i, -256, 255) + 0.5) / 32)));
  tiny.kinds[27] = {
    outputs: node => tiny.kinds[25].outputs(node),
    parse(node, reader) {
      const channels = node.shape.channels, both = channels + node.units;
      node.scales = reader.floats(both);
      [node.zeta, node.nu] = reader.floats(2);
      node.shift = reader.take(4)[0];
      const biases = Array.from({ length: node.units }, () => reader.ints(2));
      const factors = Array.from({ length: node.units }, () => [...reader.take(2)]);
      reader.align();
      const row = u => Array.from(new Int8Array(reader.take(both)), (weight, i) => weight * factors[u][i < channels ? 0 : 1]);
      node.rows = biases.map(([bias, offset], u) => ({ bias, offset, weights: row(u) }));
      reader.align();
    },
    run(node, x) {
      const all = [], channels = node.shape.channels, { zeta, shift } = node, most = f(zeta + node.nu);
      let h = new Array(node.units).fill(0);
      for (let at = 0; at < x.length; at += channels) {
        const digits = node.scales.map((scale, i) =>
          i < channels ? digit(f(x[at + i]) * scale, -127) : digit(h[i - channels] * scale, -128));
        h = h.map((before, u) => {
          const row = node.rows[u], sum = row.weights.reduce((total, weight, i) => total + weight * digits[i], row.bias);
          const n = f(2 * gate(sum + row.offset >> shift - 1) - 1);
          return f(f(most * n) + f(f(before - f(zeta * n)) * gate(sum >> shift)));
        });
        if (node.every) all.push(...h);
      }
      return node.every ? all : h;
    },
  };
}
